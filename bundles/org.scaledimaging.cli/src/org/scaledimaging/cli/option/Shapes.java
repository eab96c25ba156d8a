package org.scaledimaging.cli.option;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lengths per axis as people write them, {@code 256 x 256 x 160}, and whole numbers without a fraction. */
public final class Shapes {
    private Shapes() {}

    public static String text(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x "));
    }

    public static String text(int[] shape) {
        return text(Arrays.stream(shape).asLongStream().toArray());
    }

    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }
}
