package org.scaledimaging.engine.scaled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.view.DownsampledSource;
import org.scaledimaging.engine.view.TransposedSource;

class ScaledProcessingTest {
    private static final ScaledProcessingOptions BY_3_4_5 =
            ScaledProcessingOptions.defaults().withDownsampleFactor(3, 4, 5);

    private static Block all(ImageSource image) throws Exception {
        return image.read(image.metadata().interval());
    }

    private static ImageSource process(ImageSource image, ScaledProcessingOptions options, int threads)
            throws Exception {
        return ScaledProcessing.apply(image, LocalMean.withGain(0.5), options, new Execution(threads, Progress.none()))
                .image();
    }

    private static FormulaSource image(PixelType type) {
        return FormulaSource.of("tczyx", type, new long[] {2, 3, 13, 17, 19}, p -> FormulaSource.scattered(p) / 10);
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void theFullResolutionStepSeesTheImageAndTheInterpolatedField(PixelType type) throws Exception {
        FormulaSource image = image(type);
        ScaledProcessing.Result result =
                ScaledProcessing.apply(image, LocalMean.withGain(0.5), BY_3_4_5, Execution.standard());
        assertEquals(type.working(), result.image().metadata().pixelType());
        assertArrayEquals(
                new long[] {2, 6, 13, 17, 19}, result.field().metadata().shape());
        assertEquals(
                ScaledProcessing.fieldMetadata(image.metadata(), LocalMean.withGain(0.5)),
                result.field().metadata());
        double[] voxels = (double[]) all(image).convert(PixelType.FLOAT64).voxels();
        double[] field =
                (double[]) all(result.field()).convert(PixelType.FLOAT64).voxels();
        double[] processed =
                (double[]) all(result.image()).convert(PixelType.FLOAT64).voxels();
        int volume = 13 * 17 * 19;
        for (int i = 0; i < processed.length; i++) {
            int first = i / volume * 2 * volume + i % volume;
            double expected = 0.5 * (voxels[i] + field[first] + field[first + volume]);
            assertEquals(expected, processed[i], 1e-4);
            assertEquals(field[first] + 1, field[first + volume], 1e-4);
        }
        // The field is the low-resolution image: at the centre of a block of 3 × (4) × 5 voxels, between two along y.
        ImageSource low = DownsampledSource.of(image, new int[] {1, 1, 3, 4, 5}, PixelType.FLOAT64);
        double[] two = (double[]) low.read(Interval.between(new long[] {1, 2, 2, 1, 1}, new long[] {2, 3, 3, 2, 2}))
                .voxels();
        double[] around = (double[]) result.field()
                .read(Interval.between(new long[] {1, 4, 7, 5, 7}, new long[] {2, 5, 8, 7, 8}))
                .convert(PixelType.FLOAT64)
                .voxels();
        double[] neighbours =
                (double[]) low.read(Interval.between(new long[] {1, 2, 2, 0, 1}, new long[] {2, 3, 3, 3, 2}))
                        .voxels();
        assertEquals(two[0] + (neighbours[0] - two[0]) / 8, around[0], 1e-3);
        assertEquals(two[0] + (neighbours[2] - two[0]) / 8, around[1], 1e-3);
    }

    @Test
    void chunksBlocksAndThreadsNeverChangeABit(@TempDir Path folder) throws Exception {
        FormulaSource image = image(PixelType.FLOAT32);
        Block expected = all(process(image, BY_3_4_5, 1));
        for (int[] chunk : new int[][] {{1, 1, 4, 4, 4}, {2, 3, 13, 17, 19}, {1, 2, 5, 7, 3}}) {
            ImageSource processed = process(image.withChunks(chunk), BY_3_4_5.withChunkSize(2, 1, 3), 4);
            assertArrayEquals(
                    (float[]) expected.voxels(), (float[]) all(processed).voxels());
            Interval part = Interval.between(new long[] {1, 0, 3, 5, 2}, new long[] {2, 2, 9, 6, 17});
            Block piece = Block.allocate(PixelType.FLOAT32, part);
            piece.copyFrom(expected);
            assertArrayEquals(
                    (float[]) piece.voxels(), (float[]) processed.read(part).voxels());
        }
    }

    @Test
    void theOrderOfAxesDoesNotMatter() throws Exception {
        FormulaSource image = image(PixelType.UINT16);
        Block expected = all(process(image, BY_3_4_5, 2));
        int[] order = {2, 0, 3, 4, 1}; // z t y x c
        ImageSource processed = process(TransposedSource.of(image, AxisOrder.of(order)), BY_3_4_5, 2);
        assertEquals("ztyxc", processed.metadata().axes());
        ImageSource back = TransposedSource.of(processed, AxisOrder.of(1, 4, 0, 2, 3));
        assertArrayEquals((float[]) expected.voxels(), (float[]) all(back).voxels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UINT16", "FLOAT64"})
    void aTemporaryOmeZarrGivesTheSameBitsAndIsRemovedOnClose(String type, @TempDir Path folder) throws Exception {
        FormulaSource image = image(PixelType.valueOf(type));
        Block expected = all(process(image, BY_3_4_5, 2));
        Path temporary = folder.resolve("field.ome.zarr");
        ImageSource processed =
                process(image, BY_3_4_5.withTempZarrPath(temporary).withChunkSize(8), 2);
        assertTrue(Files.isDirectory(temporary));
        Block found = all(processed);
        assertArrayEquals((double[]) expected.convert(PixelType.FLOAT64).voxels(), (double[])
                found.convert(PixelType.FLOAT64).voxels());
        processed.close();
        assertFalse(Files.exists(temporary));
        process(image, BY_3_4_5.withTempZarrPath(temporary).withKeepTemp(true), 2)
                .close();
        assertTrue(Files.isDirectory(temporary));
    }

    @Test
    void aSecondCorrectionNeedsNoSecondPassOverTheImage() throws Exception {
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {16, 16, 16}, FormulaSource::scattered);
        ScaledProcessingOptions by4 = ScaledProcessingOptions.defaults();
        ImageSource first = process(image, by4, 2);
        assertEquals(16 * 16 * 16, image.voxelsRead());
        ImageSource second = process(first, by4, 2);
        assertEquals(16 * 16 * 16, image.voxelsRead());
        all(second);
        assertEquals(16 * 16 * 16, image.voxelsRead()); // the estimate's chunks were kept
    }

    @Test
    void aFittingPyramidLevelIsReadInsteadOfTheImage() throws Exception {
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {16, 16, 16}, FormulaSource::scattered);
        ImageSource half = DownsampledSource.of(image, new int[] {2, 2, 2}, PixelType.FLOAT32);
        Block halved = all(half);
        FormulaSource level = new FormulaSource(
                half.metadata(),
                new int[] {8, 8, 8},
                p -> ((float[]) halved.voxels())[(int) ((p[0] * 8 + p[1]) * 8 + p[2])]);
        image.addLevel(level);
        long before = image.voxelsRead();
        process(image, ScaledProcessingOptions.defaults().withDownsampleFactor(4), 2);
        assertEquals(before, image.voxelsRead());
        assertEquals(8 * 8 * 8, level.voxelsRead());
        process(image, ScaledProcessingOptions.defaults().withDownsampleFactor(3), 2); // 2 does not divide 3
        assertEquals(before + 16 * 16 * 16, image.voxelsRead());
    }

    @Test
    void levelsAreProcessedLikeTheImage() throws Exception {
        FormulaSource image = FormulaSource.of("zyx", PixelType.FLOAT32, new long[] {16, 16, 16}, p -> 7);
        image.addLevel(DownsampledSource.of(image, new int[] {2, 2, 2}, PixelType.FLOAT32));
        List<ImageSource> levels =
                process(image, ScaledProcessingOptions.defaults(), 2).levels();
        assertEquals(3, levels.size());
        for (ImageSource level : levels) {
            for (float value : (float[]) all(level).voxels()) {
                assertEquals(0.5f * (7 + 7 + 8), value);
            }
        }
    }

    @Test
    void factorsThatDoNotFitAreRefusedByName() {
        FormulaSource image = FormulaSource.of("zyx", PixelType.UINT8, new long[] {1, 16, 8}, p -> 1);
        assertEquals(
                "Downsample factor along x: found 9, expected at most the image's length there, 8.",
                assertThrows(
                                ParameterException.class,
                                () -> process(
                                        image,
                                        ScaledProcessingOptions.defaults().withDownsampleFactor(1, 8, 9),
                                        1))
                        .getMessage());
        assertThrows(
                ParameterException.class,
                () -> process(image, ScaledProcessingOptions.defaults().withDownsampleFactor(2, 2, 2), 1));
        assertThrows(
                ParameterException.class,
                () -> process(image, ScaledProcessingOptions.defaults().withDownsampleFactor(0), 1));
        assertThrows(
                ParameterException.class,
                () -> process(image, ScaledProcessingOptions.defaults().withDownsampleFactor(2, 2), 1));
    }

    @Test
    void eachChunkIsDecodedOnceForTheEstimateAndTheResult() throws Exception {
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {20, 17, 24}, FormulaSource::scattered);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(4);
        ImageSource processed = process(image, options, 2);
        Block whole = all(process(image, options, 1));
        long before = image.voxelsRead();
        Block inChunks = Block.allocate(whole.pixelType(), whole.interval());
        for (long z = 0; z < 20; z += 8) {
            for (long y = 0; y < 17; y += 8) {
                for (long x = 0; x < 24; x += 8) {
                    Interval chunk = Interval.at(new long[] {z, y, x}, new long[] {8, 8, 8});
                    inChunks.copyFrom(processed.read(chunk.intersect(whole.interval())));
                }
            }
        }
        assertEquals(before, image.voxelsRead());
        assertArrayEquals((float[]) whole.voxels(), (float[]) inChunks.voxels());
        // What was kept is given up once used; it is read again for whoever asks again.
        Interval first = Interval.ofShape(8, 8, 8);
        Block again = Block.allocate(whole.pixelType(), first);
        again.copyFrom(whole);
        assertArrayEquals(
                (float[]) again.voxels(), (float[]) processed.read(first).voxels());
        assertEquals(before + first.voxels(), image.voxelsRead());
    }

    @Test
    void slicesLargerThanATileAreProcessedLikeAnyOthers() throws Exception {
        FormulaSource image = FormulaSource.of(
                        "zyx", PixelType.UINT16, new long[] {3, 301, 307}, FormulaSource::scattered)
                .withChunks(1, 301, 307);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(1, 4, 4);
        ImageSource processed = process(image, options, 1);
        Block whole = all(processed);
        Block rows = Block.allocate(whole.pixelType(), whole.interval());
        for (long y = 0; y < 301; y += 7) {
            Interval part = Interval.between(new long[] {0, y, 0}, new long[] {3, Math.min(301, y + 7), 307});
            rows.copyFrom(processed.read(part));
        }
        assertArrayEquals((float[]) rows.voxels(), (float[]) whole.voxels());
    }
}
