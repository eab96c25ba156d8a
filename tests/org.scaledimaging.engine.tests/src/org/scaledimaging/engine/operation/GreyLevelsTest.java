package org.scaledimaging.engine.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** An integer type that leaves next to nothing of an image is refused before the work, and no other one is. */
class GreyLevelsTest {
    private static final long[] SHAPE = {2, 24, 32, 32};

    @TempDir
    private Path folder;

    private final List<Notice> notices = new ArrayList<>();
    private final Execution execution = Execution.standard().withNotices(notices::add);

    private static Image image(PixelType type, ToDoubleFunction<long[]> formula) {
        return Image.of(FormulaSource.of("czyx", type, SHAPE, formula));
    }

    /** 300 to 1299. */
    private static double light(long[] position) {
        return 300 + FormulaSource.scattered(position);
    }

    private static Image processed(Image image, DoubleUnaryOperator map) throws Exception {
        ScaledProcessingPlugin plugin =
                ScaledProcessingPlugin.of("map", (voxels, shape) -> voxels, (voxel, field) -> map.applyAsDouble(voxel));
        return image.applyScaledProcessing(plugin, ScaledProcessingOptions.defaults());
    }

    private void refused(Image image, String words) {
        String sentence = assertThrows(ParameterException.class, () -> image.checkPixelType(execution))
                .getMessage();
        assertTrue(sentence.contains(words) && sentence.contains("keepMean") && sentence.contains("float32"), sentence);
        Path zarr = folder.resolve("image.ome.zarr");
        Path nifti = folder.resolve("image.nii");
        assertThrows(
                ParameterException.class,
                () -> image.saveOmeZarr(zarr, OmeZarrWriteOptions.defaults(), Execution.standard()));
        assertThrows(
                ParameterException.class,
                () -> image.saveNifti(nifti, NiftiWriteOptions.defaults(), Execution.standard()));
        assertFalse(Files.exists(zarr) || Files.exists(nifti));
    }

    @Test
    void aQuotientAroundOneIsRefused() throws Exception {
        Image divided = processed(image(PixelType.UINT16, GreyLevelsTest::light), voxel -> voxel / 800);
        refused(divided.convert(PixelType.UINT16), "uint16, in which channel 0 has 3 grey levels");
        refused(divided.convert(PixelType.INT32), "int32");
        refused(divided.convert(PixelType.UINT16).crop(List.of(0L, 0L, 0L), List.of(20L, 20L, 20L)), "uint16");
        divided.convert(PixelType.FLOAT64).checkPixelType(execution);
        divided.checkPixelType(execution);
        assertEquals(List.of(), notices);
    }

    @Test
    void nothingOfTheFullResolutionIsReadWhereTheLowResolutionShowsEnough() throws Exception {
        long[] read = new long[1];
        Image image = image(PixelType.UINT16, position -> {
            read[0]++;
            return 100 * position[1] + 33 * position[2] + FormulaSource.scattered(position) / 10;
        });
        Image same = processed(image, voxel -> voxel).convert(PixelType.UINT16);
        long before = read[0];
        same.checkPixelType(new Execution(1, execution.progress()));
        assertEquals(before, read[0]);
    }

    @Test
    void theScaleOfTheImageIsKeptByAnything() throws Exception {
        Image image = image(PixelType.UINT16, GreyLevelsTest::light);
        processed(image, voxel -> voxel * 0.8).convert(PixelType.UINT16).checkPixelType(execution);
        processed(image, voxel -> Math.max(0, voxel - 800))
                .convert(PixelType.UINT16)
                .checkPixelType(execution);
        // Noise that the low-resolution image has averaged away is there at full resolution.
        Image noise = image(PixelType.UINT16, position -> 500 + FormulaSource.scattered(position) % 100);
        processed(noise, voxel -> voxel).convert(PixelType.UINT16).checkPixelType(execution);
        assertEquals(List.of(), notices);
    }

    @Test
    void whatHasFewLevelsItselfMayHaveFew() throws Exception {
        Image mask = image(PixelType.FLOAT32, position -> position[1] + position[2] > 40 ? 1 : 0);
        processed(mask, voxel -> voxel).convert(PixelType.UINT8).checkPixelType(execution);
        mask.convert(PixelType.UINT8).checkPixelType(execution);
        processed(mask, voxel -> voxel > 0.5 ? 255 : 0).convert(PixelType.UINT8).checkPixelType(execution);
        Image dark = image(PixelType.UINT8, position -> FormulaSource.scattered(position) % 40);
        processed(dark, voxel -> voxel * 0.9).convert(PixelType.UINT8).checkPixelType(execution);
        refused(processed(dark, voxel -> voxel / 20).convert(PixelType.UINT8), "uint8, in which channel 0 has 3");
        Image labels = image(PixelType.UINT16, GreyLevelsTest::light).segmentThreshold(List.of(500.0), false);
        labels.convert(PixelType.INT8).checkPixelType(execution);
        processed(labels, voxel -> voxel).convert(PixelType.UINT8).checkPixelType(execution);
        image(PixelType.FLOAT32, position -> 0.5).convert(PixelType.UINT8).checkPixelType(execution);
        image(PixelType.FLOAT32, position -> Double.NaN)
                .convert(PixelType.UINT8)
                .checkPixelType(execution);
    }

    @Test
    void aChannelOfSeveralIsLookedAtByItself() throws Exception {
        Image image = image(
                PixelType.FLOAT32,
                position -> position[0] == 0 ? light(position) : FormulaSource.scattered(position) / 500);
        refused(image.convert(PixelType.UINT16), "channel 1 has");
        image.convert(PixelType.UINT16).channel(0).checkPixelType(execution);
        image.channel(0).convert(PixelType.UINT16).checkPixelType(execution);
    }

    @Test
    void aPlainConversionIsLookedAtToo() throws Exception {
        refused(image(PixelType.UINT16, GreyLevelsTest::light).convert(PixelType.UINT8), "uint8");
        image(PixelType.UINT8, FormulaSource::scattered)
                .convert(PixelType.UINT16)
                .checkPixelType(execution);
        assertEquals(List.of(), notices);
    }

    @Test
    void whatIsClampedIsToldWithTheFigure() throws Exception {
        Image negative = image(PixelType.INT16, position -> FormulaSource.scattered(position) - 300);
        negative.convert(PixelType.UINT16).checkPixelType(execution);
        assertEquals(1, notices.size());
        assertTrue(
                notices.get(0).sentence().matches(".*: (29|30|31) % of the voxels of a channel .*uint16.*"),
                notices::toString);
    }

    @Test
    void aRecipeThatIsOpenedAgainIsRefusedAsWell() throws Exception {
        Path file = folder.resolve("light.nii");
        image(PixelType.UINT16, GreyLevelsTest::light).saveNifti(file);
        try (Image opened = Image.open(file)) {
            String json = opened.convert(PixelType.UINT8)
                    .crop(List.of(0L, 0L, 0L), List.of(9L, 9L, 9L))
                    .toJson();
            try (Image again = Image.fromJson(json, Execution.standard())) {
                refused(again, "uint8");
            }
        }
    }
}
