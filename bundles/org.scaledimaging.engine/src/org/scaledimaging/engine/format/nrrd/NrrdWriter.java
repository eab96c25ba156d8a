package org.scaledimaging.engine.format.nrrd;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.FileWriter;
import org.scaledimaging.engine.format.raw.WorldAxes;
import org.scaledimaging.engine.format.raw.write.HeadedFileWriter;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** Writes attached NRRD files, raw, little-endian; x varies fastest, then y, z, t, c. */
final class NrrdWriter {
    /** The key of the recipe. */
    static final String KEY = "ScaledImaging";

    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static final FileWriter WRITER =
            new HeadedFileWriter(List.of(Axis.C, Axis.T, Axis.Z, Axis.Y, Axis.X), NrrdWriter::header);

    private NrrdWriter() {}

    private static byte[] header(ImageMetadata image, Optional<ObjectNode> recipe) throws IOException {
        String text = header(image);
        if (recipe.isPresent()) {
            text += KEY + ":=" + ASCII.writeValueAsString(recipe.get()).replace("\\", "\\\\") + "\n";
        }
        return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String header(ImageMetadata image) {
        WorldAxes world = WorldAxes.of(image);
        List<Dimension> axes = new ArrayList<>(image.dimensions());
        Collections.reverse(axes);
        int space = (int) axes.stream().filter(axis -> axis.axis().isSpatial()).count();
        int coordinates = world.oriented() ? 3 : space;
        StringJoiner sizes = new StringJoiner(" ");
        StringJoiner directions = new StringJoiner(" ");
        StringJoiner kinds = new StringJoiner(" ");
        StringJoiner spacings = new StringJoiner(" ");
        StringJoiner units = new StringJoiner(" ");
        for (Dimension axis : axes) {
            boolean spatial = axis.axis().isSpatial();
            boolean time = axis.axis() == Axis.T;
            sizes.add(String.valueOf(axis.length()));
            kinds.add(spatial ? "domain" : time ? "time" : "list");
            directions.add(
                    spatial
                            ? vector(
                                    world.steps()[Axis.X.ordinal() - axis.axis().ordinal()], coordinates)
                            : "none");
            spacings.add(time ? String.valueOf(axis.voxelSize()) : "nan");
            units.add("\"" + (time ? axis.unit() : "") + "\"");
        }
        StringBuilder text = new StringBuilder("NRRD0004\n");
        text.append("type: ").append(type(image.pixelType())).append('\n');
        text.append("dimension: ").append(axes.size()).append('\n');
        text.append(world.oriented() ? "space: left-posterior-superior" : "space dimension: " + space)
                .append('\n');
        text.append("sizes: ").append(sizes).append('\n');
        text.append("space directions: ").append(directions).append('\n');
        text.append("kinds: ").append(kinds).append('\n');
        if (image.indexOf(Axis.T) >= 0) {
            text.append("spacings: ").append(spacings).append('\n');
            text.append("units: ").append(units).append('\n');
        }
        text.append("endian: little\nencoding: raw\n");
        if (world.millimeters()) {
            text.append("space units: ")
                    .append(String.join(" ", Collections.nCopies(coordinates, "\"mm\"")))
                    .append('\n');
        }
        return text.append("space origin: ")
                .append(vector(world.origin(), coordinates))
                .append('\n')
                .toString();
    }

    private static String vector(double[] values, int coordinates) {
        StringJoiner text = new StringJoiner(",", "(", ")");
        Arrays.stream(values, 0, coordinates).forEach(value -> text.add(String.valueOf(value)));
        return text.toString();
    }

    private static String type(PixelType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            default -> type.label();
        };
    }
}
