package org.scaledimaging.knime.setting.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;

/**
 * The parts of an image that can be taken, each with its number and what is known of it.
 *
 * @param levels the image at each of its resolutions, the full one first
 */
public record ImageParts(List<ImageMetadata> levels) {
    /** How many are offered of an image that is not known. */
    private static final int UNKNOWN = 100;

    private static final int MOST = 10_000;

    public static ImageParts of(Image image) {
        return new ImageParts(
                image.source().levels().stream().map(ImageSource::metadata).toList());
    }

    /** The image at an input port, if it is known. */
    public static Optional<ImageMetadata> atPort(NodeParametersInput context, int port) {
        Optional<PortObjectSpec> spec = context.getInPortSpec(port);
        return spec.filter(ScaledImagePortObjectSpec.class::isInstance)
                .map(found -> ((ScaledImagePortObjectSpec) found).metadata());
    }

    /** Numbers without more, for an image that is not known. */
    public static List<StringChoice> numbers() {
        return choices(UNKNOWN, index -> "");
    }

    /** {@code 1: 91 x 109 x 91 voxels of 2 x 2 x 2 millimeter}. */
    public List<StringChoice> resolutions() {
        return choices(levels.size(), level -> size(levels.get(level)));
    }

    public List<StringChoice> channels() {
        return channels(levels.get(0));
    }

    /** {@code 1: GFP}. */
    static List<StringChoice> channels(ImageMetadata image) {
        List<String> names = image.channelNames();
        long length = dimension(image, Axis.C).map(Dimension::length).orElse(1L);
        return choices(length, channel -> names.isEmpty() ? "" : names.get(channel));
    }

    /** {@code 3: 37.5 second}. */
    public List<StringChoice> timePoints() {
        Optional<Dimension> time = dimension(levels.get(0), Axis.T);
        return choices(
                time.map(Dimension::length).orElse(1L),
                index -> time.filter(axis -> !axis.unit().isEmpty())
                        .map(axis -> NumberList.written(axis.origin() + index * axis.voxelSize()) + " " + axis.unit())
                        .orElse(""));
    }

    private static List<StringChoice> choices(long count, IntFunction<String> name) {
        return IntStream.range(0, (int) Math.min(count, MOST))
                .mapToObj(index -> {
                    String known = name.apply(index);
                    return new StringChoice("" + index, known.isBlank() ? "" + index : index + ": " + known);
                })
                .toList();
    }

    /** The image in words: {@code 181 x 217 x 181 voxels (z, y, x) of 1 x 1 x 1 millimeter, int16; 2 channels}. */
    public String sentence() {
        ImageMetadata image = levels.get(0);
        List<String> words =
                new ArrayList<>(List.of(size(image) + ", " + image.pixelType().label()));
        dimension(image, Axis.C).ifPresent(channels -> words.add(counted(channels.length(), "channel")));
        dimension(image, Axis.T).ifPresent(times -> words.add(counted(times.length(), "time point")));
        words.add(counted(levels.size(), "resolution"));
        return String.join("; ", words) + ".";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Size of an image and its voxels, along the spatial axes in its order. */
    public static String size(ImageMetadata image) {
        List<Dimension> spatial = image.spatial();
        String axes = spatial.stream().map(each -> each.axis().symbol()).collect(Collectors.joining(", "));
        return joined(spatial, each -> "" + each.length()) + " voxels (" + axes + ") of " + voxelSize(image);
    }

    /** {@code 1 x 0.5 x 0.5 millimeter}; without a unit it is said so. */
    static String voxelSize(ImageMetadata image) {
        List<Dimension> spatial = image.spatial();
        String unit = spatial.stream().map(Dimension::unit).distinct().collect(Collectors.joining(", "));
        return joined(spatial, each -> NumberList.written(each.voxelSize()))
                + (unit.isEmpty() ? " (without a unit)" : " " + unit);
    }

    private static String joined(List<Dimension> axes, java.util.function.Function<Dimension, String> word) {
        return axes.stream().map(word).collect(Collectors.joining(" x "));
    }

    private static Optional<Dimension> dimension(ImageMetadata image, Axis axis) {
        return image.dimensions().stream()
                .filter(dimension -> dimension.axis() == axis)
                .findFirst();
    }
}
