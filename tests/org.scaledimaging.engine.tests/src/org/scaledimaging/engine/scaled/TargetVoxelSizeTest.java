package org.scaledimaging.engine.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;

/** A size of low-resolution voxels instead of a factor. */
class TargetVoxelSizeTest {

    private static ImageMetadata image(String unit) {
        return ImageMetadata.of(
                "brain.nii",
                PixelType.UINT8,
                Dimension.of(Axis.T, 2),
                new Dimension(Axis.Z, 3, 2, "millimeter", 0),
                new Dimension(Axis.Y, 50, 1.6f, "millimeter", 0),
                new Dimension(Axis.X, 100, 500, unit, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4mm | 2,2,8
            4 mm | 2,2,8
            4000um | 2,2,8
            4000µm | 2,2,8
            0.4cm | 2,2,8
            0.004 meter | 2,2,8
            4e3 micrometer | 2,2,8
            0.1mm | 1,1,1
            5mm | 2,3,10
            3.2mm | 2,2,6
            100mm | 3,50,100
            6mm,3.2mm,1mm | 3,2,2
            6x3.2x1mm | 3,2,2
            6,3.2,1mm | 3,2,2
            """)
    void eachAxisHasTheWholeFactorNearestToIt(String size, String factors) throws Exception {
        List<Integer> expected =
                List.of(factors.split(",")).stream().map(Integer::valueOf).toList();
        assertEquals(
                expected,
                ScaledProcessingOptions.defaults()
                        .withDownsampleTo(size)
                        .resolved(image("micrometer"))
                        .downsampleFactor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "mm", "", "-4mm", "0mm", "4furlong", "4s", "1e999mm", "4mm,", "1,2,3"})
    void whatIsNoSizeIsRefused(String size) {
        ParameterException e = assertThrows(
                ParameterException.class,
                () -> ScaledProcessingOptions.defaults().withDownsampleTo(size));
        assertTrue(e.getMessage().contains("expected a voxel size with its unit, as in 4mm"), e.getMessage());
    }

    @Test
    void anAxisWithoutAUnitOfLengthIsNamed() throws Exception {
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleTo("4mm");
        ParameterException e = assertThrows(ParameterException.class, () -> options.resolved(image("")));
        assertTrue(e.getMessage().contains("found axis x of brain.nii with no unit, expected"), e.getMessage());
        e = assertThrows(ParameterException.class, () -> options.resolved(image("pixel")));
        assertTrue(e.getMessage().contains("axis x of brain.nii with the unit pixel"), e.getMessage());
    }

    @Test
    void twoSizesForThreeAxesAreRefused() throws Exception {
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleTo("4mm,2mm");
        ParameterException e = assertThrows(ParameterException.class, () -> options.resolved(image("millimeter")));
        assertTrue(
                e.getMessage().contains("2 numbers, expected one for each axis, in the order z,y,x"), e.getMessage());
    }
}
