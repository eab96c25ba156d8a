package org.scaledimaging.engine.image;

import java.util.ArrayList;
import java.util.List;

/** Numbers that are given for the spatial axes of an image: one for all, or one each in the image's order. */
public final class SpatialAxes {
    private SpatialAxes() {}

    /** How many spatial axes an image has: 2 or 3. */
    public static int count(ImageMetadata metadata) {
        return (int) metadata.dimensions().stream()
                .filter(dimension -> dimension.axis().isSpatial())
                .count();
    }

    /**
     * One value for each axis of the image.
     *
     * @param name of the parameter, for messages
     * @param given one per spatial axis
     * @param elsewhere the value for axes that are not spatial
     * @throws ParameterException when there are more or fewer
     */
    public static <T> List<T> each(String name, List<T> given, ImageMetadata metadata, T elsewhere)
            throws ParameterException {
        if (given.size() != count(metadata)) {
            throw wrongCount(name, given.size(), "one for each of the axes", metadata);
        }
        List<T> values = new ArrayList<>();
        int next = 0;
        for (Dimension dimension : metadata.dimensions()) {
            values.add(dimension.axis().isSpatial() ? given.get(next++) : elsewhere);
        }
        return values;
    }

    /**
     * A whole number of at least 1 for each axis of the image, 1 for those that are not spatial.
     *
     * @param name of the parameter, for messages
     * @param given one for all spatial axes, or one per spatial axis
     * @throws ParameterException when there are more or fewer, or one is below 1
     */
    public static int[] factors(String name, List<Integer> given, ImageMetadata metadata) throws ParameterException {
        int spatial = count(metadata);
        if (given.size() != 1 && given.size() != spatial) {
            throw wrongCount(name, given.size(), "one, or one for each of the axes", metadata);
        }
        for (int factor : given) {
            if (factor < 1) {
                throw new ParameterException(name, factor, "whole numbers of at least 1");
            }
        }
        List<Integer> all = given.size() == spatial ? given : java.util.Collections.nCopies(spatial, given.get(0));
        return each(name, all, metadata, 1).stream().mapToInt(Integer::intValue).toArray();
    }

    private static ParameterException wrongCount(String name, int found, String expected, ImageMetadata metadata) {
        StringBuilder axes = new StringBuilder();
        for (Dimension dimension : metadata.dimensions()) {
            if (dimension.axis().isSpatial()) {
                axes.append(' ').append(dimension.axis().symbol());
            }
        }
        return new ParameterException(name, found + " numbers", expected + axes + " (" + count(metadata) + ")");
    }
}
