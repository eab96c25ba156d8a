package org.scaledimaging.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Integers are measured without rounding, also where float64 does not hold them. */
class WholeNumbersTest {
    private static final Execution THREE_THREADS = new Execution(3, Progress.none());

    /** Rows of 4096 voxels with bits of their own. */
    private record Longs(ImageMetadata metadata, long[] bits) implements ImageSource {
        static Longs of(PixelType type, long... bits) {
            long[] shape = {Math.max(1, bits.length / 4096), Math.min(bits.length, 4096)};
            return new Longs(FormulaSource.of("yx", type, shape, at -> 0).metadata(), bits);
        }

        @Override
        public int[] chunkShape() {
            return new int[] {1, (int) metadata.shape()[1]};
        }

        @Override
        public void read(Block target) {
            long[] voxels = (long[]) target.voxels();
            long width = metadata.shape()[1];
            int next = 0;
            for (long[] at : target.interval().positions()) {
                voxels[next++] = bits[(int) (at[0] * width + at[1])];
            }
        }
    }

    private static BigInteger value(long bits, boolean signed) {
        return signed ? BigInteger.valueOf(bits) : new BigInteger(Long.toUnsignedString(bits));
    }

    private static void check(PixelType type, long... bits) throws Exception {
        Statistics found = ImageStatistics.of(Longs.of(type, bits), List.of(), THREE_THREADS);
        BigInteger sum = BigInteger.ZERO;
        BigInteger squares = BigInteger.ZERO;
        BigInteger least = value(bits[0], type.isSigned());
        BigInteger greatest = least;
        for (long each : bits) {
            BigInteger value = value(each, type.isSigned());
            sum = sum.add(value);
            squares = squares.add(value.multiply(value));
            least = least.min(value);
            greatest = greatest.max(value);
        }
        assertEquals(new WholeNumbers(least, greatest, sum), found.whole().orElseThrow());
        BigDecimal count = BigDecimal.valueOf(bits.length);
        assertEquals(new BigDecimal(sum).divide(count, MathContext.DECIMAL128).doubleValue(), found.mean());
        BigDecimal spread = new BigDecimal(squares).multiply(count).subtract(new BigDecimal(sum.multiply(sum)));
        double deviation = spread.divide(count.multiply(count), MathContext.DECIMAL128)
                .sqrt(MathContext.DECIMAL128)
                .doubleValue();
        assertEquals(deviation, found.standardDeviation());
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"INT64", "UINT64"})
    void integersOf64BitsAreExact(PixelType type) throws Exception {
        long edge = (1L << 53) + 1;
        check(type, edge, edge, edge + 2);
        check(type, Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1);
        check(type, Long.MIN_VALUE);
        check(type, -1, -1, -1);
        Random random = new Random(7);
        check(type, random.longs(1 << 20).toArray());
        long[] same = new long[1 << 16];
        Arrays.fill(same, type.isSigned() ? Long.MIN_VALUE : -1);
        check(type, same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uint8", "int16", "int32", "uint32"})
    void smallerIntegersHaveTheirSum(String type) throws Exception {
        FormulaSource image = FormulaSource.of(
                "yx", PixelType.ofLabel(type).orElseThrow(), new long[] {3, 5}, at -> 7 * at[0] + at[1]);
        WholeNumbers whole =
                ImageStatistics.of(image, List.of(), THREE_THREADS).whole().orElseThrow();
        assertEquals(new WholeNumbers(BigInteger.ZERO, BigInteger.valueOf(18), BigInteger.valueOf(135)), whole);
    }

    @Test
    void whatIsNoIntegerHasNone() throws Exception {
        FormulaSource image = FormulaSource.of("yx", PixelType.FLOAT64, new long[] {3, 5}, at -> at[0] + 0.5);
        Statistics found = ImageStatistics.of(image, List.of(), THREE_THREADS);
        assertTrue(found.whole().isEmpty());
        assertEquals(0.5, found.exactMinimum());
        assertEquals(2.5, found.exactMaximum());
    }
}
