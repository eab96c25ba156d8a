package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

class StagePlanTest {
    private static final int[] CHUNK = {1, 16, 16, 16};

    private record Empty(ImageMetadata metadata) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return CHUNK.clone();
        }

        @Override
        public void read(Block target) {
            throw new AssertionError("planning reads nothing");
        }
    }

    /** An executor that wants tasks of some size. */
    private record Sized(long voxels) implements Executor {
        @Override
        public String name() {
            return "sized";
        }

        @Override
        public Optional<Path> folder() {
            return Optional.empty();
        }

        @Override
        public long taskVoxels(long all) {
            return voxels;
        }

        @Override
        public void run(Pass pass, Execution execution, Receiver receiver) throws IOException {
            throw new AssertionError("planning runs nothing");
        }

        @Override
        public void close() {
            // nothing open
        }
    }

    private static PyramidPlan plan(long[] shape, int chunk, int shard) throws Exception {
        return plan(shape, chunk, shard, 1, PyramidScaling.isotropic());
    }

    private static PyramidPlan plan(long[] shape, int chunk, int shard, double depth, PyramidScaling scaling)
            throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                "image",
                PixelType.UINT8,
                Dimension.of(Axis.C, 2),
                new Dimension(Axis.Z, shape[0], depth, "micrometer", 0),
                new Dimension(Axis.Y, shape[1], 1, "micrometer", 0),
                new Dimension(Axis.X, shape[2], 1, "micrometer", 0));
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(chunk).withPyramid(scaling);
        return PyramidPlan.of(new Empty(metadata), shard == 0 ? options : options.withShards(shard));
    }

    @Test
    void eachStageCutsEachOfItsLevelsAlongShardsAndBlocks() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            long[] shape = {1 + random.nextInt(300), 1 + random.nextInt(300), 1 + random.nextInt(300)};
            int chunk = 1 + random.nextInt(20);
            int shard = random.nextInt(4) * chunk;
            PyramidScaling scaling = round % 3 == 0
                    ? PyramidScaling.given(List.of(
                            Map.of(Axis.Z, 1, Axis.Y, 3, Axis.X, 2), Map.of(Axis.Z, 4), Map.of(Axis.Y, 2, Axis.X, 5)))
                    : round % 3 == 1 ? PyramidScaling.halving() : PyramidScaling.isotropic();
            PyramidPlan plan = plan(shape, chunk, shard, 0.2 + 8 * random.nextDouble(), scaling);
            int[] imageChunk = {1, 1 + random.nextInt(300), 1 + random.nextInt(300), 1 + random.nextInt(300)};
            int next = 0;
            for (StagePlan stage : StagePlan.of(plan, imageChunk, new Sized(1L << random.nextInt(24)))) {
                assertEquals(next, stage.first());
                for (int level = stage.first(); level <= stage.last(); level++) {
                    for (int d = 0; d < 4; d++) {
                        long part = stage.part()[d];
                        for (int finer = stage.first(); finer < level; finer++) {
                            assertEquals(0, part % plan.factors().get(finer)[d]);
                            part /= plan.factors().get(finer)[d];
                        }
                        assertEquals(0, part % plan.block()[d], "parts of level " + level + " along blocks");
                        int file = plan.shard().orElse(plan.chunk())[d];
                        assertEquals(0, part % file, "parts of level " + level + " along files");
                    }
                }
                next = stage.last() + 1;
            }
            assertEquals(plan.levels().size(), next);
        }
    }

    @Test
    void aStageHasAsManyLevelsAsATaskHasRoomFor() throws Exception {
        PyramidPlan plan = plan(new long[] {256, 256, 256}, 16, 32);
        List<StagePlan> stages = StagePlan.of(plan, CHUNK, new Sized(128 * 128 * 128));
        assertEquals(0, stages.get(0).first());
        assertEquals(2, stages.get(0).last());
        assertEquals(128, stages.get(0).part()[1]);
        assertTrue(StagePlan.of(plan, CHUNK, new Sized(1)).size() > stages.size());
    }

    @Test
    void tasksTakeWholePlanesWherePlanesAreChunks() throws Exception {
        PyramidPlan plan = plan(new long[] {256, 256, 256}, 16, 0);
        for (int last = 16; last <= 128; last *= 2) {
            StagePlan first = StagePlan.of(plan, new int[] {1, 1, 256, 256}, new Sized((long) last * 128 * 128))
                    .get(0);
            assertEquals(256, first.part()[2], "along y");
            assertEquals(256, first.part()[3], "along x");
            assertTrue(first.part()[1] <= last, "no more planes than make as many voxels");
        }
        StagePlan small = StagePlan.of(plan, new int[] {1, 1, 256, 256}, new Sized(16 * 16 * 16))
                .get(0);
        assertTrue(small.part()[2] < 256, "a plane's blocks are far more than a task should have");
    }
}
