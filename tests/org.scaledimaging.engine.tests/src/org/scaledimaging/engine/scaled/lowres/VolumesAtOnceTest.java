package org.scaledimaging.engine.scaled.lowres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Several volumes of an image are read and estimated at the same time. */
class VolumesAtOnceTest {
    private static final ScaledProcessingOptions OPTIONS =
            ScaledProcessingOptions.defaults().withDownsampleFactor(2);

    /** A smoothed copy of the volume; waits until so many volumes as it is told are in its hands at once. */
    private static class Meeting implements ScaledProcessingPlugin {
        private static final PluginDescription DESCRIPTION =
                new PluginDescription("meeting", "Meeting", "For tests.", List.of());

        private final long memory;
        private final CyclicBarrier met;
        private final AtomicInteger present = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final List<Integer> threads = Collections.synchronizedList(new ArrayList<>());

        /** @param memory that it says it takes for a volume, in bytes */
        Meeting(int volumes, long memory) {
            this.met = new CyclicBarrier(volumes);
            this.memory = memory;
        }

        @Override
        public PluginDescription description() {
            return DESCRIPTION;
        }

        @Override
        public ParameterValues parameters() {
            return assertDoesNotThrow(() -> ParameterValues.of(DESCRIPTION, Map.of()));
        }

        @Override
        public long workingMemory(ImageMetadata volume) {
            return memory;
        }

        @Override
        public Field lowRes(LowResolutionImage image, Execution execution) throws ParameterException {
            most.accumulateAndGet(present.incrementAndGet(), Math::max);
            threads.add(execution.threads());
            if (execution.threads() == 1) {
                assertDoesNotThrow(() -> met.await(30, TimeUnit.SECONDS));
            }
            float[] voxels = (float[]) image.voxels().voxels();
            for (int i = 1; i < voxels.length; i++) {
                voxels[i] = 0.9f * voxels[i - 1] + 0.1f * voxels[i];
            }
            execution.tell(Notice.information("the last value is " + voxels[voxels.length - 1]));
            present.decrementAndGet();
            return SampledField.of(image, image.voxels());
        }

        @Override
        public void highRes(Block block, Object field, Block result) {
            for (int i = 0; i < block.size(); i++) {
                ((float[]) result.voxels())[i] = ((float[]) block.voxels())[i] - ((float[]) field)[i];
            }
        }
    }

    private static ImageSource image(int volumes) {
        return FormulaSource.of("tzyx", PixelType.UINT16, new long[] {volumes, 6, 10, 8}, FormulaSource::scattered);
    }

    @Test
    @Timeout(120)
    void eachThreadHasAVolumeAndThoseThatAreLeftShareTheThreads() throws Exception {
        Meeting plugin = new Meeting(4, 1000);
        ScaledProcessing.apply(image(9), plugin, OPTIONS, new Execution(4, Progress.none()));
        assertEquals(4, plugin.most.get());
        assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1, 4), plugin.threads);
    }

    @Test
    @Timeout(120)
    void noMoreVolumesAreHeldThanMemoryAllows() throws Exception {
        Meeting two = new Meeting(1, MemoryBudget.longLived() / 3);
        ScaledProcessing.apply(image(8), two, OPTIONS, new Execution(4, Progress.none()));
        assertEquals(List.of(2, 2, 2, 2, 2, 2, 2, 2), two.threads);
        assertTrue(two.most.get() <= 2, two.most + " at once");
        Meeting one = new Meeting(1, MemoryBudget.longLived() / 2);
        ScaledProcessing.apply(image(3), one, OPTIONS, new Execution(4, Progress.none()));
        assertEquals(List.of(4, 4, 4), one.threads);
        assertEquals(1, one.most.get());
    }

    @Test
    void bitsAndNoticesDoNotDependOnThreads() throws Exception {
        ImageSource image = image(7);
        float[] expected = null;
        List<String> expectedNotices = null;
        for (int threads : new int[] {1, 2, 4}) {
            List<String> told = new ArrayList<>();
            Execution execution = new Execution(threads, Progress.none()).withNotices(notice -> {
                if (notice.kind() != Notice.Kind.DETAIL) {
                    told.add(notice.sentence());
                }
            });
            try (ImageSource result = ScaledProcessing.apply(image, new Meeting(1, 1000), OPTIONS, execution)
                    .image()) {
                float[] found =
                        (float[]) result.read(result.metadata().interval()).voxels();
                expected = expected == null ? found : expected;
                expectedNotices = expectedNotices == null ? told : expectedNotices;
                assertArrayEquals(expected, found);
                assertEquals(expectedNotices, told);
                assertEquals(2, told.size(), told::toString);
            }
        }
    }

    @Test
    void whatOneVolumeIsRefusedForComesThrough() {
        Meeting plugin = new Meeting(1, 1000) {
            @Override
            public Field lowRes(LowResolutionImage image, Execution execution) throws ParameterException {
                throw new ParameterException(Setting.PLUGIN, "this volume", "another");
            }
        };
        assertThrows(
                ParameterException.class,
                () -> ScaledProcessing.apply(image(5), plugin, OPTIONS, new Execution(4, Progress.none())));
    }

    @Test
    @Timeout(120)
    void progressAddsUpAndCancellingReachesTheVolumes() throws Exception {
        List<Double> fractions = new ArrayList<>();
        AtomicBoolean cancelled = new AtomicBoolean();
        Progress progress = new Progress() {
            @Override
            public synchronized void report(double fraction, String message) {
                fractions.add(fraction);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
        Execution execution = new Execution(2, progress);
        VolumesAtOnce.run(5, 2, execution, (number, own) -> own.progress().report(1, "done"));
        // What a thread has to tell after another got further is not told: progress goes forwards.
        List<Long> percent = fractions.stream().map(f -> Math.round(100 * f)).toList();
        assertEquals(100, percent.get(percent.size() - 1));
        assertEquals(
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> 20L * i)
                        .filter(percent::contains)
                        .toList(),
                percent);
        AtomicInteger begun = new AtomicInteger();
        assertThrows(
                CancellationException.class,
                () -> VolumesAtOnce.run(100, 2, execution, (number, own) -> {
                    begun.incrementAndGet();
                    cancelled.set(true);
                    own.progress().checkCancelled();
                }));
        assertTrue(begun.get() <= 2, begun + " were begun");
    }
}
