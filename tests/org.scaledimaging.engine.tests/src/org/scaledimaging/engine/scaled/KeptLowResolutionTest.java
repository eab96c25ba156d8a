package org.scaledimaging.engine.scaled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.view.DownsampledSource;
import org.scaledimaging.engine.view.TransposedSource;

class KeptLowResolutionTest {
    private static final ScaledProcessingOptions BY_3_4_5 =
            ScaledProcessingOptions.defaults().withDownsampleFactor(3, 4, 5);

    private static List<ScaledProcessingPlugin> chain() throws ParameterException {
        return List.of(LocalMean.withGain(0.5));
    }

    private static FormulaSource image(PixelType type) {
        return FormulaSource.of("tczyx", type, new long[] {2, 3, 13, 17, 19}, p -> FormulaSource.scattered(p) / 10);
    }

    private static ImageSource process(ImageSource image) throws Exception {
        return ScaledProcessing.apply(image, LocalMean.withGain(0.5), BY_3_4_5, new Execution(2, Progress.none()))
                .image();
    }

    private static void assertSame(ImageSource expected, ImageSource actual) throws Exception {
        assertEquals(expected.metadata().dimensions(), actual.metadata().dimensions());
        Block one = expected.read(expected.metadata().interval()).convert(PixelType.FLOAT64);
        Block other = actual.read(actual.metadata().interval()).convert(PixelType.FLOAT64);
        assertArrayEquals((double[]) one.voxels(), (double[]) other.voxels());
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void estimatesReadTheImageOnceAndAreThoseOfTheImageItself(PixelType type) throws Exception {
        FormulaSource image = image(type);
        KeptLowResolution kept = KeptLowResolution.of(image, chain(), BY_3_4_5, Execution.standard());
        assertEquals(type.working(), kept.metadata().pixelType());
        assertSame(image, kept);
        long read = image.voxelsRead();
        process(kept.lent()).close();
        ImageSource first = process(kept.lent());
        ImageSource second = process(kept);
        assertEquals(read, image.voxelsRead(), "voxels read for three estimates");
        ImageSource expected = process(image(type));
        assertEquals(expected.metadata(), first.metadata());
        assertSame(expected, first);
        assertSame(expected, second);
        assertEquals(2, first.levels().size());
        assertSame(expected.levels().get(1), first.levels().get(1));
    }

    @Test
    void theLowResolutionImageIsALevelAmongTheOthers() throws Exception {
        FormulaSource image = image(PixelType.UINT16);
        ImageSource coarse = DownsampledSource.of(image, new int[] {1, 1, 2, 2, 2}, PixelType.UINT16);
        image.addLevel(coarse);
        KeptLowResolution kept = KeptLowResolution.of(image, chain(), BY_3_4_5, Execution.standard());
        assertEquals(3, kept.levels().size());
        assertSame(coarse, kept.levels().get(1));
        ImageSource means = DownsampledSource.of(image, new int[] {1, 1, 3, 4, 5}, PixelType.FLOAT32);
        assertSame(means, kept.levels().get(2));
    }

    @Test
    void theOrderOfAxesIsTheImages() throws Exception {
        AxisOrder order = AxisOrder.of(2, 0, 3, 4, 1); // z t y x c
        ImageSource image = TransposedSource.of(image(PixelType.UINT8), order);
        KeptLowResolution kept = KeptLowResolution.of(image, chain(), BY_3_4_5, Execution.standard());
        assertEquals("ztyxc", kept.metadata().axes());
        assertSame(process(image), process(kept));
    }

    @Test
    void aVoxelSizeStandsForItsFactors() throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                "test",
                PixelType.UINT16,
                new Dimension(Axis.Z, 13, 4, "millimeter", 0),
                new Dimension(Axis.Y, 17, 2, "millimeter", 0),
                new Dimension(Axis.X, 19, 1, "millimeter", 0));
        FormulaSource image = new FormulaSource(metadata, new int[] {8, 8, 8}, FormulaSource::scattered);
        ScaledProcessingOptions to4 = ScaledProcessingOptions.defaults().withDownsampleTo("4mm");
        ImageSource kept = KeptLowResolution.of(image, chain(), to4, Execution.standard());
        assertArrayEquals(new long[] {13, 9, 5}, kept.levels().get(1).metadata().shape());
        long read = image.voxelsRead();
        ScaledProcessing.apply(kept, LocalMean.withGain(0.5), to4.resolved(metadata), Execution.standard());
        assertEquals(read, image.voxelsRead(), "voxels read for an estimate");
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        FormulaSource image = image(PixelType.UINT8);
        ScaledProcessingOptions two = ScaledProcessingOptions.defaults().withDownsampleFactor(3, 4);
        assertThrows(ParameterException.class, () -> KeptLowResolution.of(image, chain(), two, Execution.standard()));
    }
}
