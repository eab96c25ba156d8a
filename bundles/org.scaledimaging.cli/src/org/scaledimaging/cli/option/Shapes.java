package org.scaledimaging.cli.option;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lengths per axis as people write them, {@code 256 x 256 x 160}. */
public final class Shapes {
    private Shapes() {}

    public static String text(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
    }

    public static String text(int[] shape) {
        return text(Arrays.stream(shape).asLongStream().toArray());
    }
}
