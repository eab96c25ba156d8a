package org.scaledimaging.cli.serve.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.plane.Slices;

/** The state of the page besides pictures, as maps and lists for JSON. */
final class PageState {
    private PageState() {}

    /**
     * @param version of a live correction; nothing of images to look at only
     * @param channel whose windows are wanted
     */
    static Map<String, Object> of(ShownImages shown, Optional<LiveCorrection.Version> version, long channel)
            throws IOException, ParameterException {
        Slices slices = Slices.of(shown.first());
        ImageMetadata image = slices.metadata();
        int number = version.map(LiveCorrection.Version::number).orElse(1);
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("name", image.name());
        state.put("facts", facts(image));
        state.put("images", shown.names());
        state.put("note", shown.note());
        state.put("version", number);
        state.put("preliminary", version.isPresent() && version.get().preliminary());
        state.put(
                "quicker",
                version.isPresent()
                        && shown.live().orElseThrow().hasQuicker(version.get().correction()));
        state.put("seconds", version.map(LiveCorrection.Version::seconds).orElse(0.0));
        state.put("told", version.map(LiveCorrection.Version::told).orElse(List.of()));
        state.put("command", version.map(shown::command).orElse(""));
        state.put("lengths", lengths(image));
        state.put("voxelSizes", voxelSizes(image));
        state.put("normals", slices.normals().stream().map(Axis::symbol).toList());
        state.put("sides", sides(slices));
        state.put("directions", directions(image));
        state.put("channels", channels(image));
        state.put("hasChannels", image.indexOf(Axis.C) >= 0);
        long ofField = version.isPresent() ? version.get().field().metadata().length(Axis.C) : 1;
        state.put("fieldChannels", Math.max(1, ofField / image.length(Axis.C)));
        state.put("times", image.length(Axis.T));
        state.put("windows", shown.windows(number, channel));
        state.put(
                "plugins",
                version.isPresent() ? Controls.of(version.get().correction().chain()) : List.of());
        state.put("viewer", PageFiles.haveViewer());
        state.put("paths", shown.paths(number));
        state.put("labels", shown.labels());
        return state;
    }

    /** What lies at the left, right, top and bottom of the slices across each axis, where that is known. */
    private static Map<String, Object> sides(Slices slices) {
        Map<String, Object> sides = new LinkedHashMap<>();
        for (Axis normal : slices.normals()) {
            slices.sides(normal)
                    .ifPresent(known -> sides.put(
                            normal.symbol(), List.of(known.left(), known.right(), known.top(), known.bottom())));
        }
        return sides;
    }

    /** Where x, y and z increase, as in RAS; empty where the image does not say. */
    private static String directions(ImageMetadata image) {
        return image.frame().map(frame -> frame.affine().orientation()).orElse("");
    }

    private static String facts(ImageMetadata image) {
        String shape = Arrays.stream(image.shape()).mapToObj(Long::toString).collect(Collectors.joining(" × "));
        return image.axes() + " " + shape;
    }

    /** The length of each spatial axis in voxels, by its letter. */
    private static Map<String, Object> lengths(ImageMetadata image) {
        Map<String, Object> lengths = new LinkedHashMap<>();
        for (Dimension dimension : image.spatial()) {
            lengths.put(letter(dimension), dimension.length());
        }
        lengths.putIfAbsent("z", 1L); // of a plane there is one slice
        return lengths;
    }

    private static Map<String, Object> voxelSizes(ImageMetadata image) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        for (Dimension dimension : image.spatial()) {
            sizes.put(letter(dimension), dimension.voxelSize());
        }
        return sizes;
    }

    private static List<String> channels(ImageMetadata image) {
        if (!image.channelNames().isEmpty()) {
            return image.channelNames();
        }
        return IntStream.range(0, (int) image.length(Axis.C))
                .mapToObj(Integer::toString)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String letter(Dimension dimension) {
        return String.valueOf(dimension.axis().symbol());
    }
}
