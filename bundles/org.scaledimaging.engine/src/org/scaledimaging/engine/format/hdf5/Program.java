package org.scaledimaging.engine.format.hdf5;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.hdf5.file.Hdf5File;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Node;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;

/** Whose conventions a file follows, where they say what the axes of a dataset are. */
enum Program {
    /** MATLAB 7.3, whose first axis (rows) varies fastest. */
    MATLAB("MATLAB 7.3"),
    /** Neurodata Without Borders: films of planes. */
    NWB("NWB"),
    /** All others. */
    ANY("HDF5");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String words;

    Program(String words) {
        this.words = words;
    }

    /** What people call such a file. */
    String inWords() {
        return words;
    }

    static Program of(Hdf5File file) throws IOException {
        if (file.getUserBlockSize() > 0 && file.userText().startsWith("MATLAB 7.3")) {
            return MATLAB;
        }
        return file.root().hasAttribute("nwb_version") ? NWB : ANY;
    }

    /**
     * What is known of a dataset's axes.
     *
     * @param colours whether the channels are colours of pixels
     * @param guessed whether nothing but lengths says so
     */
    record Axes(List<Dimension> dimensions, boolean colours, boolean guessed) {}

    /** The axes of a dataset, with lengths and voxel sizes as far as it tells them. */
    Axes axes(Hdf5Node node, long[] shape, PixelType type) throws IOException {
        Optional<JsonNode> tags = tags(node, shape.length);
        List<Axis> said = tags.isPresent() ? axes(keys(tags.get())) : axes(node.texts("DIMENSION_LABELS"));
        if (said.size() == shape.length) {
            return new Axes(dimensions(node, shape, tags, said), false, false);
        }
        Optional<List<Axis>> ofPicture = ofPicture(node, shape);
        Optional<List<Axis>> perhaps = ofPicture.isPresent() ? ofPicture : perhapsColours(shape, type);
        return new Axes(
                dimensions(node, shape, tags, perhaps.orElse(byRank(shape.length))),
                perhaps.isPresent(),
                ofPicture.isEmpty());
    }

    /** By HDF5's Image and Palette Specification. */
    private static Optional<List<Axis>> ofPicture(Hdf5Node node, long[] shape) throws IOException {
        if (!node.text("IMAGE_SUBCLASS").orElse("").equals("IMAGE_TRUECOLOR") || shape.length != 3) {
            return Optional.empty();
        }
        List<Axis> axes = switch (node.text("INTERLACE_MODE").orElse("")) {
            case "INTERLACE_PIXEL" -> List.of(Axis.Y, Axis.X, Axis.C);
            case "INTERLACE_LINE" -> List.of(Axis.Y, Axis.C, Axis.X);
            case "INTERLACE_PLANE" -> List.of(Axis.C, Axis.Y, Axis.X);
            default -> List.<Axis>of();
        };
        return axes.isEmpty() || shape[axes.indexOf(Axis.C)] != 3 ? Optional.empty() : Optional.of(axes);
    }

    /** As programs write arrays of pixels: rows, columns, colours; the other way round in MATLAB's order. */
    private Optional<List<Axis>> perhapsColours(long[] shape, PixelType type) {
        int rank = shape.length;
        if (rank < 3 || this == NWB && rank > 3) {
            return Optional.empty();
        }
        int colours = this == MATLAB ? rank - 3 : rank - 1;
        int one = this == MATLAB ? rank - 2 : rank - 3;
        boolean lone = shape[colours] == 1 && this == MATLAB; // which has no last axis of 1
        if (lone || !ChannelColours.arePerhaps(type, shape[colours], shape[one], shape[one + 1])) {
            return Optional.empty();
        }
        List<Axis> axes = new ArrayList<>(List.of(Axis.T, Axis.Z).subList(5 - rank, 2));
        axes.addAll(this == MATLAB ? List.of(Axis.C, Axis.X, Axis.Y) : List.of(Axis.Y, Axis.X, Axis.C));
        return Optional.of(axes);
    }

    private static List<Dimension> dimensions(Hdf5Node node, long[] shape, Optional<JsonNode> tags, List<Axis> axes)
            throws IOException {
        double[] micrometers = node.numbers("element_size_um"); // as Fiji and PlantSeg write it, z, y, x
        long spatial = axes.stream().filter(Axis::isSpatial).count();
        List<Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < shape.length; d++) {
            Axis axis = axes.get(d);
            double size =
                    tags.isPresent() ? tags.get().get(d).path("resolution").asDouble(0) : 0;
            String unit = "";
            int at = (int) (axis.ordinal() - (Axis.values().length - micrometers.length));
            if (axis.isSpatial() && micrometers.length >= spatial && micrometers.length <= 3 && at >= 0) {
                size = micrometers[at];
                unit = "micrometer";
            }
            boolean known = size > 0 && !Double.isInfinite(size) && axis != Axis.C;
            dimensions.add(new Dimension(axis, shape[d], known ? size : 1, known ? unit : "", 0));
        }
        return dimensions;
    }

    private List<Axis> byRank(int rank) {
        Axis[] all = Axis.values();
        List<Axis> last = List.of(all).subList(all.length - rank, all.length);
        if (this == MATLAB) {
            List<Axis> columns = new ArrayList<>(last.subList(0, rank - 2));
            columns.addAll(List.of(Axis.X, Axis.Y));
            return columns;
        }
        return this == NWB && rank == 3 ? List.of(Axis.T, Axis.Y, Axis.X) : last;
    }

    /** The tags that vigra, and ilastik by it, write of a dataset's axes, one for each. */
    private static Optional<JsonNode> tags(Hdf5Node node, int rank) throws IOException {
        Optional<String> text = node.text("axistags");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode axes = MAPPER.readTree(text.get()).path("axes");
            return axes.size() == rank ? Optional.of(axes) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<String> keys(JsonNode tags) {
        List<String> keys = new ArrayList<>();
        tags.forEach(tag -> keys.add(tag.path("key").asText()));
        return keys;
    }

    /** Nothing where these are no axes of an image. */
    private static List<Axis> axes(List<String> names) {
        List<Axis> axes = new ArrayList<>();
        for (String name : names) {
            Axis.ofName(name).filter(axis -> !axes.contains(axis)).ifPresent(axes::add);
        }
        boolean whole = axes.size() == names.size() && axes.contains(Axis.Y) && axes.contains(Axis.X);
        return whole ? axes : List.of();
    }
}
