package org.scaledimaging.knime.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knime.core.data.filestore.FileStore;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/**
 * The content of a view, as it is written into a folder of the workflow's: a small copy of each image, and a file that
 * says what they are. What it says is a file format: views of saved workflows read it.
 */
public final class ViewContents {
    static final String FILE = "view.json";
    private static final int CHUNK = 64;
    private static final int SHARD = 512;

    /** What an image is to the view. */
    public enum Role {
        /** Shown in grey, or its channels in colours. */
        IMAGE,
        /** Shown in the colours of fields. */
        FIELD,
        /** Shown in a colour for each number. */
        LABELS
    }

    private final Path folder;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final ArrayNode images = json.putArray("images");
    private final List<Path> written = new ArrayList<>();

    /** @param folder exists and is empty */
    public ViewContents(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes an image.
     *
     * @param title what it is called in the view
     * @param small at the resolution to be kept
     * @param full the image that it is a small copy of
     * @param port which of the objects that are kept beside this folder is the image, from 0; nothing if none is
     */
    public void add(
            String title, Role role, Image small, ImageMetadata full, Optional<Integer> port, Execution execution)
            throws IOException, ParameterException {
        Path target = copy(written.size());
        kept(small, role).saveOmeZarr(target, options(small.metadata()), execution);
        written.add(target);
        ObjectNode image = images.addObject()
                .put("title", title)
                .put("name", full.name())
                .put("role", role.name().toLowerCase(Locale.ROOT))
                .put("pixelType", full.pixelType().label());
        port.ifPresent(number -> image.put("port", number));
        ObjectNode axes = image.putObject("axes");
        for (Dimension dimension : full.dimensions()) {
            int d = small.metadata().indexOf(dimension.axis());
            axes.putObject(dimension.axis().symbol())
                    .put("length", dimension.length())
                    .put("kept", small.metadata().dimensions().get(d).length())
                    .put("voxelSize", dimension.voxelSize())
                    .put("unit", dimension.unit())
                    .put("origin", dimension.origin());
        }
        full.frame().ifPresent(frame -> image.put("orientation", frame.affine().orientation()));
        try (Image read = Image.open(target)) {
            image.set("channels", ChannelFacts.of(read, full, role, execution));
        }
    }

    /** Numbers of 64 bits do not fit what pages compute in. */
    private static Image kept(Image small, Role role) {
        boolean wide = small.metadata().pixelType().working() == PixelType.FLOAT64;
        return wide && role != Role.LABELS ? small.convert(PixelType.FLOAT32) : small;
    }

    private static OmeZarrWriteOptions options(ImageMetadata image) {
        boolean volume = image.spatial().size() > 2;
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withLevels(1);
        return volume
                ? options.withChunks(CHUNK).withShards(SHARD)
                : options.withChunks(SHARD).withShards(CHUNK * SHARD);
    }

    /** How many images there are. */
    public int size() {
        return written.size();
    }

    /** The small copy of an image, in the order in which they were added; the caller closes it. */
    public Image open(int number) throws IOException {
        return Image.open(written.get(number));
    }

    /** Says that an image lies over the others. */
    public void putOver(int number) {
        json.put("over", number);
    }

    /** Which image lies over the others, if one does. */
    public Optional<Integer> over() {
        return Optional.ofNullable(json.get("over")).map(JsonNode::asInt);
    }

    /** More that the page shows: thresholds, figures, courses. */
    public ObjectNode more() {
        return json;
    }

    /** An image's own entry, for more about it. */
    public ObjectNode about(int number) {
        return (ObjectNode) images.get(number);
    }

    private Path copy(int number) {
        return copy(folder, number);
    }

    static Path copy(Path folder, int number) {
        return folder.resolve(number + ".ome.zarr");
    }

    /** Writes what is said of the images. */
    public void write() throws IOException {
        Files.write(folder.resolve(FILE), json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes what is left.
     *
     * @param store whose folder this is
     * @return what the node keeps: the first image, with the folder
     */
    public ScaledImagePortObject finish(FileStore store) throws IOException {
        write();
        try (Image first = open(0)) {
            return ScaledImagePortObject.of(first, Optional.of(store));
        }
    }
}
