package org.scaledimaging.engine.scaled.lowres;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

class EstimateMemoryTest {
    private static final ScaledProcessingPlugin PLUGIN =
            ScaledProcessingPlugin.of("copies", (voxels, shape) -> voxels, (voxel, field) -> voxel);

    private static ImageMetadata image(long... lengths) {
        List<Dimension> dimensions = new ArrayList<>();
        String axes = "tczyx".substring(5 - lengths.length);
        for (int d = 0; d < lengths.length; d++) {
            dimensions.add(Dimension.of(Axis.ofSymbol(axes.substring(d, d + 1)).orElseThrow(), lengths[d]));
        }
        return ImageMetadata.of("image", PixelType.UINT8, dimensions.toArray(Dimension[]::new));
    }

    private static EstimateMemory memory(ImageMetadata image, long available) {
        return new EstimateMemory(image, List.of(PLUGIN), available, available / 4, false);
    }

    private static List<Integer> named(EstimateMemory memory, List<Integer> factors) {
        String message = assertThrows(ParameterException.class, () -> memory.check(factors))
                .getMessage();
        Matcher named = Pattern.compile("expected (?:at least|factors like) ([0-9,]+), for which")
                .matcher(message);
        assertTrue(named.find(), message);
        return Pattern.compile(",")
                .splitAsStream(named.group(1))
                .map(Integer::valueOf)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 26, 1L << 28, 1L << 30, 6L << 30, 1L << 40})
    void theFactorThatIsNamedIsTheLeastThatFits(long available) {
        for (ImageMetadata image : List.of(
                image(100_000, 100_000),
                image(1, 1, 1, 100_000, 100_000),
                image(5, 3, 2000, 2000, 2000),
                image(20_800, 20_800, 20_800))) {
            EstimateMemory memory = memory(image, available);
            int factor = named(memory, List.of(1)).get(0);
            assertDoesNotThrow(() -> memory.check(List.of(factor)));
            assertThrows(ParameterException.class, () -> memory.check(List.of(factor - 1)));
            if (image.dimensions().size() == 3) {
                List<Integer> factors = named(memory, List.of(1, 2, 2));
                assertEquals(2 * factors.get(0), factors.get(1));
                assertDoesNotThrow(() -> memory.check(factors));
            }
        }
    }

    /** Volumes at work at once, and all of them with their fields for the result. */
    @Test
    void thePlanNamesWhatIsNeeded() throws ParameterException {
        EstimateMemory memory = memory(image(3, 2, 128, 128, 256), 1L << 30);
        assertEquals("24 MiB for the low-resolution image and the estimate", memory.plan(List.of(2), 0));
        assertEquals("52 MiB for the low-resolution image and the estimate", memory.plan(List.of(2), 2));
    }

    @Test
    void whatIsTooLongForAnArrayIsSaidInOneSentence() {
        EstimateMemory memory = memory(image(5200, 5200, 5200), 1L << 50);
        assertEquals(
                "Downsample factor: found 4, which makes a low-resolution image of 1300 x 1300 x 1300 voxels, more than"
                        + " the 2,147,483,639 that one can have, expected at least 5, for which the 1048576.0 GiB that are"
                        + " left to it of Java's memory are enough.",
                assertThrows(ParameterException.class, () -> memory.check(List.of(4)))
                        .getMessage());
    }

    /** However many volumes there are, one at a time is estimated. */
    @Test
    void channelsAndTimePointsTakeNoMore() throws Exception {
        memory(image(100, 10, 64, 64, 64), 20 << 20).check(List.of(1));
        assertThrows(
                ParameterException.class,
                () -> memory(image(100, 10, 64, 64, 64), 7 << 20).check(List.of(1)));
    }
}
