package org.scaledimaging.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.segmentation.AboveMean;
import org.scaledimaging.engine.segmentation.Segmentation;
import org.scaledimaging.engine.view.DownsampledSource;

class SegmentationPluginTest {

    /** A plugin that labels by a function, and may look at the channel before. */
    private record ByFunction(int labels, Looking looking, Labelling labelling) implements SegmentationPlugin {
        interface Looking {
            void look(ChannelImage channel, Execution execution) throws java.io.IOException;
        }

        @Override
        public PluginDescription description() {
            return new PluginDescription("by-function", "By function", "For tests.", List.of());
        }

        @Override
        public ParameterValues parameters() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Labelling prepare(ChannelImage channel, Execution execution) throws java.io.IOException {
            looking.look(channel, execution);
            return labelling;
        }
    }

    private static FormulaSource channels() {
        // channel 1 is brighter than channel 0 throughout
        return FormulaSource.of("tczyx", PixelType.UINT16, new long[] {2, 2, 13, 17, 19}, p -> {
            double value = FormulaSource.scattered(p);
            return p[1] == 0 ? value : 5000 + 10 * value;
        });
    }

    private static double[] all(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    @Test
    void eachChannelIsLabelledByWhatThePluginFindsInItOverAllTimePoints() throws Exception {
        Image image = Image.of(channels());
        Image labels = image.segment(AboveMean.times(1));
        assertEquals(PixelType.UINT8, labels.metadata().pixelType());
        assertTrue(labels.metadata().labels());
        for (int channel = 0; channel < 2; channel++) {
            double[] values = all(image.channel(channel).source());
            double mean = DoubleStream.of(values).average().orElseThrow();
            assertArrayEquals(
                    DoubleStream.of(values).map(v -> v > mean ? 1 : 0).toArray(),
                    all(labels.channel(channel).source()));
        }
    }

    @Test
    void howLabelsAreReadNeverChangesThem() throws Exception {
        Random random = new Random(5);
        ImageSource reference = Segmentation.segment(channels(), AboveMean.times(1));
        Block whole = reference.read(reference.metadata().interval());
        for (int round = 0; round < 20; round++) {
            int[] chunk = new int[5];
            long[] min = new long[5];
            long[] shape = reference.metadata().shape();
            for (int d = 0; d < 5; d++) {
                chunk[d] = 1 + random.nextInt((int) shape[d]);
                min[d] = random.nextInt((int) shape[d]);
                shape[d] = 1 + random.nextInt((int) (shape[d] - min[d]));
            }
            ImageSource labels = Segmentation.segment(channels().withChunks(chunk), AboveMean.times(1));
            Block part = labels.read(Interval.at(min, shape));
            Block expected = Block.allocate(PixelType.UINT8, part.interval());
            expected.copyFrom(whole);
            assertArrayEquals((byte[]) expected.voxels(), (byte[]) part.voxels());
        }
    }

    @Test
    void thePluginLooksAtEachChannelOnceWhenALabelIsNeeded() throws Exception {
        AboveMean plugin = AboveMean.times(1);
        ImageSource labels = Segmentation.segment(channels(), plugin);
        assertEquals(0, plugin.prepared.get());
        assertFalse(((Preparation) labels).isPrepared());
        List<Double> told = new ArrayList<>();
        ((Preparation) labels).prepare(new Execution(1, progress(told, false)));
        assertEquals(2, plugin.prepared.get());
        assertEquals(1.0, told.get(told.size() - 1));
        assertEquals(told.stream().sorted().toList(), told);
        all(labels);
        all(labels);
        assertEquals(2, plugin.prepared.get());
    }

    @Test
    void preparingCanBeCancelledAndTriedAgain() throws Exception {
        Image labels = Image.of(channels()).segment(AboveMean.times(1));
        assertThrows(
                CancellationException.class, () -> labels.prepare(new Execution(2, progress(new ArrayList<>(), true))));
        assertEquals(2, DoubleStream.of(all(labels.source())).distinct().count());
    }

    private static Progress progress(List<Double> told, boolean cancelled) {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                told.add(fraction);
            }

            @Override
            public boolean isCancelled() {
                return cancelled;
            }
        };
    }

    @Test
    void anImageThatThePluginRefusesIsRefusedAtOnce() {
        ImageSource long4 = FormulaSource.of("tyx", PixelType.UINT8, new long[] {4, 2, 2}, FormulaSource::scattered);
        ParameterException e =
                assertThrows(ParameterException.class, () -> Segmentation.segment(long4, AboveMean.times(1)));
        assertEquals("Image: found many time points, expected at most 3.", e.getMessage());
    }

    @Test
    void anyVoxelCanHaveALabelOfItsOwnAlsoOnesThatAreNotFinite() throws Exception {
        double[] values = {Double.NaN, 0, 299, Double.POSITIVE_INFINITY, 256};
        ImageSource image = FormulaSource.of("yx", PixelType.FLOAT64, new long[] {1, 5}, p -> values[(int) p[1]]);
        for (int labels : new int[] {256, 257}) {
            ImageSource labelled = Segmentation.segment(
                    image,
                    new ByFunction(
                            labels,
                            (channel, execution) -> {},
                            Labelling.ofVoxels(v -> Double.isNaN(v) ? 7 : (int) Math.min(v, labels - 1))));
            assertEquals(
                    labels == 256 ? PixelType.UINT8 : PixelType.UINT16,
                    labelled.metadata().pixelType());
            assertArrayEquals(new double[] {7, 0, labels - 1, labels - 1, Math.min(256, labels - 1)}, all(labelled));
        }
    }

    @Test
    void voxelsAreFloat32OrFloat64WhereTheirTypeNeedsIt() throws Exception {
        for (PixelType type : PixelType.values()) {
            List<PixelType> seen = new ArrayList<>();
            all(Segmentation.segment(
                    FormulaSource.of("yx", type, new long[] {3, 3}, FormulaSource::scattered),
                    new ByFunction(2, (channel, execution) -> {}, (voxels, labels) -> seen.add(voxels.pixelType()))));
            assertEquals(List.of(type.working()), seen);
        }
    }

    @Test
    void thresholdsOfAPluginCanBeAskedFor() throws Exception {
        ImageSource labels = Segmentation.segment(channels(), AboveMean.times(0.5));
        List<List<Double>> found = Segmentation.thresholdsOf(labels);
        assertEquals(2, found.size());
        assertEquals(1, found.get(1).size());
        assertTrue(found.get(1).get(0) > found.get(0).get(0));
        ByFunction other = new ByFunction(2, (channel, execution) -> {}, Labelling.ofVoxels(v -> 1));
        assertEquals(List.of(), Segmentation.thresholdsOf(Segmentation.segment(channels(), other)));
        assertThrows(IllegalArgumentException.class, () -> Labelling.thresholds(List.of(2.0, 1.0), false));
    }

    @Test
    void aPluginSeesItsChannelDownsampledFromTheLevelsOfAPyramid() throws Exception {
        List<Block> seen = new ArrayList<>();
        ByFunction plugin = new ByFunction(
                2,
                (channel, execution) -> {
                    assertEquals(1, channel.metadata().shape()[1]);
                    assertEquals(
                            2L * 13 * 17 * 19,
                            channel.histogram(0, execution).counts().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
                    seen.add(channel.lowResolution(List.of(2, 4, 4), execution));
                    assertThrows(IllegalArgumentException.class, () -> channel.lowResolution(List.of(1, 2), execution));
                },
                Labelling.ofVoxels(v -> 0));
        ImageSource half = DownsampledSource.of(channels(), new int[] {1, 1, 2, 2, 2}, PixelType.UINT16);
        ImageSource pyramid = new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return channels().metadata();
            }

            @Override
            public int[] chunkShape() {
                return channels().chunkShape();
            }

            @Override
            public void read(Block target) {
                channels().read(target);
            }

            @Override
            public List<ImageSource> levels() {
                return List.of(this, half);
            }
        };
        for (int threads : new int[] {1, 3}) {
            ImageSource labels = Segmentation.segment(pyramid, plugin);
            ((Preparation) labels).prepare(new Execution(threads, Progress.none()));
            assertEquals(
                    List.of(half.metadata().withPixelType(PixelType.UINT8).withLabels(true)),
                    labels.levels().subList(1, 2).stream()
                            .map(level -> level.metadata())
                            .toList());
        }
        ImageSource expected = DownsampledSource.of(half, new int[] {1, 1, 1, 2, 2}, PixelType.FLOAT32);
        for (int i = 0; i < seen.size(); i++) {
            Interval interval = expected.metadata().interval();
            long[] min = interval.mins();
            long[] max = interval.maxs();
            min[1] = i % 2;
            max[1] = min[1] + 1;
            assertArrayEquals(
                    (float[]) expected.read(Interval.between(min, max)).voxels(),
                    (float[]) seen.get(i).voxels());
        }
        assertEquals(4, seen.size());
    }
}
