package org.scaledimaging.cli.serve.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** What the page shows besides pictures, as maps and lists for JSON. */
final class PageState {
    private PageState() {}

    /**
     * @param image of the source
     * @param normals across which there are slices
     * @param windows low and high of what is shown, by image
     * @param command that computes and writes what is shown
     * @param viewer whether the page can show neuroglancer
     */
    static Map<String, Object> of(
            ImageMetadata image,
            List<Axis> normals,
            LiveCorrection.Version version,
            Map<String, List<Double>> windows,
            String command,
            boolean viewer) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("name", image.name());
        state.put("facts", facts(image));
        state.put("version", version.number());
        state.put("preliminary", version.preliminary());
        state.put("seconds", version.seconds());
        state.put("told", version.told());
        state.put("command", command);
        state.put("lengths", lengths(image));
        state.put("voxelSizes", voxelSizes(image));
        state.put(
                "normals",
                normals.stream().map(axis -> String.valueOf(axis.symbol())).toList());
        state.put("channels", channels(image));
        state.put("hasChannels", image.indexOf(Axis.C) >= 0);
        long ofField = length(version.field().metadata(), Axis.C);
        state.put("fieldChannels", ofField / length(image, Axis.C));
        state.put("times", length(image, Axis.T));
        state.put("windows", windows);
        state.put("plugins", Controls.of(version.chain()));
        state.put("viewer", viewer);
        return state;
    }

    private static String facts(ImageMetadata image) {
        String shape = Arrays.stream(image.shape()).mapToObj(Long::toString).collect(Collectors.joining(" × "));
        return image.axes() + " " + shape;
    }

    /** The length of each spatial axis in voxels, by its letter. */
    private static Map<String, Object> lengths(ImageMetadata image) {
        Map<String, Object> lengths = new LinkedHashMap<>();
        for (Dimension dimension : image.dimensions()) {
            if (dimension.axis().isSpatial()) {
                lengths.put(letter(dimension), dimension.length());
            }
        }
        lengths.putIfAbsent("z", 1L); // of a plane there is one slice
        return lengths;
    }

    private static Map<String, Object> voxelSizes(ImageMetadata image) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        for (Dimension dimension : image.dimensions()) {
            if (dimension.axis().isSpatial()) {
                sizes.put(letter(dimension), dimension.voxelSize());
            }
        }
        return sizes;
    }

    private static List<String> channels(ImageMetadata image) {
        if (!image.channelNames().isEmpty()) {
            return image.channelNames();
        }
        return IntStream.range(0, (int) length(image, Axis.C))
                .mapToObj(Integer::toString)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static long length(ImageMetadata image, Axis axis) {
        int d = image.indexOf(axis);
        return d < 0 ? 1 : image.dimensions().get(d).length();
    }

    private static String letter(Dimension dimension) {
        return String.valueOf(dimension.axis().symbol());
    }
}
