package org.scaledimaging.knime.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.ColourMap;
import org.scaledimaging.engine.picture.Window;
import org.scaledimaging.engine.picture.plane.Slices;

/** The folder of a view, read as {@link ViewContents} wrote it. Nothing stays open between two calls. */
public final class ViewFolder {
    /** More pixels than any screen shows of a plane. */
    private static final int ALL = 1 << 20;

    /** So many pixels a side are half as many as a page can take in one answer. */
    private static final int MOST_PIXELS = 900;

    /** What can be decoded while somebody waits. */
    private static final double MOST_DECODED = 1 << 26;

    /** What can be decompressed, or looked at as a whole, each time. */
    private static final long MOST_PREPARED = 1 << 22;

    private static final int COLOURS = 256;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final JsonNode json;

    /** @throws IOException when there is no such folder */
    public ViewFolder(Path folder) throws IOException {
        this.folder = folder;
        this.json = MAPPER.readTree(Files.readAllBytes(folder.resolve(ViewContents.FILE)));
    }

    /** What the page gets when it opens: what is known of the images and the colours of fields. */
    public ObjectNode initial() {
        ObjectNode initial = json.deepCopy();
        ArrayNode colours = initial.putArray("fieldColours");
        ColourMap map = ColourMap.perceptual();
        for (int i = 0; i < COLOURS; i++) {
            colours.add(map.argb(i / (COLOURS - 1.0), new Window(0, 1)) & 0xFFFFFF);
        }
        return initial;
    }

    /**
     * A slice of a small copy.
     *
     * @param axis at right angles to it, one of {@code z y x}
     * @param index along that axis, in voxels of the full image from 0
     */
    public Map<String, Object> slice(int image, String axis, long index, int channel, int time)
            throws IOException, ParameterException {
        try (Image small = Image.open(ViewContents.copy(folder, image))) {
            Axis normal = axis(axis);
            JsonNode lengths = json.path("images").path(image).path("axes").path(normal.symbol());
            long kept = lengths.path("kept").asLong(1);
            double factor = factor(lengths.path("length").asLong(1), kept);
            long at = Math.max(0, Math.min(kept - 1, (long) ((index + 0.5) / factor)));
            boolean labels =
                    json.path("images").path(image).path("role").asText().equals("labels");
            Slices slices = Slices.of(labels ? OneLevel.labels(small.source()) : small.source());
            return PlaneAnswer.of(slices.slice(normal, at, channel, time, ALL, Execution.standard()));
        }
    }

    private static double factor(long length, long kept) {
        long rounded = Math.max(1, Math.round((double) length / kept));
        return (length + rounded - 1) / rounded == kept || length / rounded == kept ? rounded : (double) length / kept;
    }

    private static Axis axis(String symbol) throws ParameterException {
        Optional<Axis> axis = Axis.ofSymbol(symbol).filter(Axis::isSpatial);
        return axis.orElseThrow(() -> new ParameterException("Axis", Given.shown(symbol), "z, y or x"));
    }

    /** Which of the objects that are kept beside the folder an image is, if any. */
    public Optional<Integer> port(int image) {
        JsonNode port = json.path("images").path(image).path("port");
        return port.isMissingNode() ? Optional.empty() : Optional.of(port.asInt());
    }

    /**
     * A slice of an image itself, where that takes little.
     *
     * @param image of which the slice is; it stays open
     * @param pixels how many are wanted on the longer side
     * @return nothing where all of the image would have to be read, or much of it
     */
    public static Optional<Map<String, Object>> finer(
            Image image, String axis, long index, int channel, int time, int pixels, Execution execution)
            throws IOException, ParameterException {
        int wanted = Math.max(1, Math.min(MOST_PIXELS, pixels));
        Axis normal = axis(axis);
        if (!takesLittle(image, normal, wanted)) {
            return Optional.empty();
        }
        Slices slices = Slices.of(image.source());
        return Optional.of(PlaneAnswer.of(slices.slice(normal, index, channel, time, wanted, execution)));
    }

    /** Whether a slice of an image can be had without reading all of it, or much of it. */
    static boolean takesLittle(Image image, Axis normal, int pixels) {
        boolean waits = image.source() instanceof Preparation preparation
                && !preparation.isPrepared()
                && image.metadata().voxels() > MOST_PREPARED;
        return !waits && Slices.of(image.source()).voxelsDecoded(normal, pixels) <= MOST_DECODED;
    }
}
