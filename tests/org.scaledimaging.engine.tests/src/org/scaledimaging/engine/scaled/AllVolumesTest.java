package org.scaledimaging.engine.scaled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.LowResolutionVolumes;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginFailure;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.view.DownsampledSource;

/** A plugin whose fields depend on all volumes of an image. */
class AllVolumesTest {
    private static final ScaledProcessingOptions OPTIONS =
            ScaledProcessingOptions.defaults().withDownsampleFactor(2);

    /** Without parameters. */
    private abstract static class Plain implements ScaledProcessingPlugin {
        private static final PluginDescription DESCRIPTION =
                new PluginDescription("plain", "Plain", "For tests.", List.of());

        @Override
        public PluginDescription description() {
            return DESCRIPTION;
        }

        @Override
        public ParameterValues parameters() {
            return assertDoesNotThrow(() -> ParameterValues.of(DESCRIPTION, Map.of()));
        }
    }

    /** The field of a volume is its channel + 10 · its time point + 100 · the number of volumes, everywhere. */
    private static class Numbers extends Plain {
        @Override
        public Field lowRes(LowResolutionImage image, Execution execution) {
            throw new AssertionError("one volume alone");
        }

        @Override
        public List<Field> lowResOfAll(LowResolutionVolumes volumes, Execution execution) throws IOException {
            List<Field> fields = new ArrayList<>();
            for (int number = 0; number < volumes.count(); number++) {
                LowResolutionImage image = volumes.image(0, execution); // the others are left for the pipeline to read
                assertSame(image.voxels(), volumes.image(0, execution).voxels());
                Block values = image.copy().voxels();
                Arrays.fill(
                        (float[]) values.voxels(),
                        volumes.channel(number) + 10 * volumes.time(number) + 100 * volumes.count());
                fields.add(SampledField.of(image, values));
            }
            return fields;
        }

        @Override
        public void highRes(Block block, Object field, Block result) {
            System.arraycopy(field, 0, result.voxels(), 0, block.size());
        }
    }

    /** Changes the voxels that it gets, and gives the image as it is. */
    private static final class Spoiling extends Plain {
        @Override
        public Field lowRes(LowResolutionImage image, Execution execution) {
            Arrays.fill((float[]) image.voxels().voxels(), -1);
            return SampledField.of(image, image.voxels());
        }

        @Override
        public void highRes(Block block, Object field, Block result) {
            System.arraycopy(block.voxels(), 0, result.voxels(), 0, block.size());
        }
    }

    private static float[] voxels(ImageSource image) throws Exception {
        return (float[]) image.read(image.metadata().interval()).voxels();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tczyx", "ctzyx", "zyxtc"})
    void itIsToldWhichChannelAndTimePointEachShows(String axes) throws Exception {
        long[] shape = new long[5];
        for (int d = 0; d < 5; d++) {
            shape[d] = axes.charAt(d) == 't' ? 2 : axes.charAt(d) == 'c' ? 3 : 4;
        }
        FormulaSource image = FormulaSource.of(axes, PixelType.UINT8, shape, FormulaSource::scattered);
        ImageSource processed = ScaledProcessing.apply(image, new Numbers(), OPTIONS, Execution.standard())
                .image();
        float[] found = voxels(processed);
        for (int i = 0; i < found.length; i++) {
            long rest = i;
            long expected = 600;
            for (int d = 4; d >= 0; d--) {
                long index = rest % shape[d];
                rest /= shape[d];
                expected += axes.charAt(d) == 'c' ? index : axes.charAt(d) == 't' ? 10 * index : 0;
            }
            assertEquals(expected, found[i], "at " + i);
        }
    }

    @Test
    void anImageWithoutChannelsAndTimePointsIsOneVolume() throws Exception {
        FormulaSource image = FormulaSource.of("yx", PixelType.UINT8, new long[] {4, 6}, FormulaSource::scattered);
        float[] expected = new float[24];
        Arrays.fill(expected, 100);
        assertArrayEquals(
                expected,
                voxels(ScaledProcessing.apply(image, new Numbers(), OPTIONS, Execution.standard())
                        .image()));
    }

    @Test
    void theCoarserLevelHoldsVolumesThatThePluginDidNotAskFor() throws Exception {
        FormulaSource image = FormulaSource.of("cyx", PixelType.UINT8, new long[] {3, 4, 6}, FormulaSource::scattered);
        Numbers asItIs = new Numbers() {
            @Override
            public void highRes(Block block, Object field, Block result) {
                System.arraycopy(block.voxels(), 0, result.voxels(), 0, block.size());
            }
        };
        ImageSource processed = ScaledProcessing.apply(image, asItIs, OPTIONS, Execution.standard())
                .image();
        ImageSource means = DownsampledSource.of(image, new int[] {1, 2, 2}, PixelType.FLOAT32);
        assertArrayEquals(voxels(means), voxels(processed.levels().get(1)));
    }

    @Test
    void wrongNumbersOfFieldsAreThePluginsFault() {
        FormulaSource image = FormulaSource.of("cyx", PixelType.UINT8, new long[] {3, 4, 6}, FormulaSource::scattered);
        Numbers tooFew = new Numbers() {
            @Override
            public List<Field> lowResOfAll(LowResolutionVolumes volumes, Execution execution) throws IOException {
                return super.lowResOfAll(volumes, execution).subList(1, 3);
            }
        };
        assertThrows(
                PluginFailure.class,
                () -> ScaledProcessing.apply(image, tooFew, OPTIONS, new Execution(1, Progress.none())));
    }

    @Test
    void aPluginThatChangesItsVoxelsChangesNothingElse() throws Exception {
        FormulaSource image = FormulaSource.of("cyx", PixelType.UINT8, new long[] {3, 4, 6}, FormulaSource::scattered);
        ImageSource processed = ScaledProcessing.apply(image, new Spoiling(), OPTIONS, Execution.standard())
                .image();
        ImageSource means = DownsampledSource.of(image, new int[] {1, 2, 2}, PixelType.FLOAT32);
        assertArrayEquals(voxels(means), voxels(processed.levels().get(1)));
    }
}
