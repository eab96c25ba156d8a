package org.scaledimaging.engine.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/** Numbers that are given for the spatial axes of an image: one for all, or one each in the image's order. */
public final class SpatialAxes {
    private SpatialAxes() {}

    /** How many spatial axes an image has: 2 or 3. */
    public static int count(ImageMetadata metadata) {
        return metadata.spatial().size();
    }

    /** Whether two images have the same spatial axes, in the same order and of the same lengths. */
    public static boolean areAlike(ImageMetadata one, ImageMetadata other) {
        return shape(one).equals(shape(other));
    }

    private static List<Map.Entry<Axis, Long>> shape(ImageMetadata metadata) {
        return metadata.spatial().stream()
                .map(dimension -> Map.entry(dimension.axis(), dimension.length()))
                .toList();
    }

    /**
     * One value for each axis of the image.
     *
     * @param name what they are for
     * @param given one per spatial axis
     * @param elsewhere the value for axes that are not spatial
     * @throws ParameterException when there are more or fewer
     */
    public static <T> List<T> each(Setting name, List<T> given, ImageMetadata metadata, T elsewhere)
            throws ParameterException {
        if (given.size() != count(metadata)) {
            throw wrongCount(name, given.size(), "one", metadata);
        }
        List<T> values = new ArrayList<>();
        int next = 0;
        for (Dimension dimension : metadata.dimensions()) {
            values.add(dimension.axis().isSpatial() ? given.get(next++) : elsewhere);
        }
        return values;
    }

    /**
     * By how much each axis of an image is downsampled, 1 for those that are not spatial. One number for all axes is
     * limited to each axis' length: nobody who asks for 4 minds that a stack has 3 planes. A number that is given for one
     * axis is meant for it, and refused where the axis is shorter.
     *
     * @param name what they are for
     * @param given one for all spatial axes, or one per spatial axis in the image's order
     * @return in the image's order
     * @throws ParameterException when there are more or fewer, one is below 1, or one given for an axis is above its length
     */
    public static int[] factors(Setting name, List<Integer> given, ImageMetadata metadata) throws ParameterException {
        int[] factors = wholeNumbers(name, given, metadata);
        if (given.size() > 1) {
            for (int d = 0; d < factors.length; d++) {
                Dimension dimension = metadata.dimensions().get(d);
                if (dimension.axis().isSpatial() && factors[d] > dimension.length()) {
                    throw new ParameterException(
                            name + " along " + dimension.axis().symbol(),
                            factors[d],
                            "at most the image's length there, " + dimension.length());
                }
            }
        }
        return limited(factors, metadata);
    }

    /**
     * How long blocks, chunks and the like are along each axis, 1 along those that are not spatial. None is longer than
     * the image, where the last block of each axis is cut off anyway.
     *
     * @param name what they are for
     * @param given one for all spatial axes, or one per spatial axis in the image's order
     * @return in the image's order
     * @throws ParameterException when there are more or fewer, or one is below 1
     */
    public static int[] lengths(Setting name, List<Integer> given, ImageMetadata metadata) throws ParameterException {
        return limited(wholeNumbers(name, given, metadata), metadata);
    }

    /** Numbers of at least 1 for each axis of an image, none above the axis' length. */
    public static int[] limited(int[] numbers, ImageMetadata metadata) {
        int[] limited = numbers.clone();
        for (int d = 0; d < limited.length; d++) {
            limited[d] = (int) Math.min(limited[d], metadata.dimensions().get(d).length());
        }
        return limited;
    }

    /**
     * A whole number of at least 1 for each axis of the image, 1 for those that are not spatial.
     *
     * @param name what they are for
     * @param given one for all spatial axes, or one per spatial axis in the image's order
     * @return in the image's order
     * @throws ParameterException when there are more or fewer, or one is below 1
     */
    public static int[] wholeNumbers(Setting name, List<Integer> given, ImageMetadata metadata)
            throws ParameterException {
        int spatial = count(metadata);
        if (given.size() != 1 && given.size() != spatial) {
            throw wrongCount(name, given.size(), "one number, or one", metadata);
        }
        for (int factor : given) {
            if (factor < 1) {
                throw new ParameterException(name, factor, "whole numbers of at least 1");
            }
        }
        List<Integer> all = given.size() == spatial ? given : java.util.Collections.nCopies(spatial, given.get(0));
        return each(name, all, metadata, 1).stream().mapToInt(Integer::intValue).toArray();
    }

    /** Of numbers for each axis of an image, those of the spatial axes. */
    public static int[] only(int[] numbers, ImageMetadata metadata) {
        return IntStream.range(0, numbers.length)
                .filter(d -> metadata.dimensions().get(d).axis().isSpatial())
                .map(d -> numbers[d])
                .toArray();
    }

    private static ParameterException wrongCount(Setting name, int found, String expected, ImageMetadata metadata) {
        StringBuilder axes = new StringBuilder();
        for (Dimension dimension : metadata.spatial()) {
            axes.append(axes.isEmpty() ? "" : ",").append(dimension.axis().symbol());
        }
        return new ParameterException(
                name, found + (found == 1 ? " number" : " numbers"), expected + " for each axis, in the order " + axes);
    }
}
