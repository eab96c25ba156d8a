package org.scaledimaging.engine.format.omezarr;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.execute.Executor;

/**
 * Plans the levels of a pyramid that tasks write together which share nothing, and what a task writes: whole shards of
 * each of these levels, and nothing that needs more of the image than its own part.
 *
 * @param first the finest of the levels
 * @param last the coarsest
 * @param part what a task writes of the finest, in voxels per axis
 */
record StagePlan(int first, int last, long[] part) {

    /** A task that covers whole chunks may be so many times as large as the executor wants tasks. */
    private static final long MOST_TIMES = 4;

    /**
     * The stages that together write all levels.
     *
     * @param chunk of the image, per axis
     */
    static List<StagePlan> of(PyramidPlan plan, int[] chunk, Executor executor) {
        List<StagePlan> stages = new ArrayList<>();
        int next = 0;
        while (next < plan.levels().size()) {
            long voxels = 1;
            for (long length : plan.levels().get(next).shape()) {
                voxels *= length;
            }
            long most = executor.taskVoxels(voxels);
            StagePlan stage = stage(plan, next, most);
            if (next == 0) {
                stage = covering(chunk, plan, stage, most);
            }
            stages.add(stage);
            next = stage.last + 1;
        }
        return stages;
    }

    /** As many levels as a task's share has room for. */
    private static StagePlan stage(PyramidPlan plan, int first, long most) {
        StagePlan stage = upTo(plan, first, first);
        while (stage.last + 1 < plan.levels().size()) {
            StagePlan larger = upTo(plan, first, stage.last + 1);
            if (larger.voxels(plan) > most) {
                return stage;
            }
            stage = larger;
        }
        return stage;
    }

    /**
     * A part of each level is a multiple of shards and of blocks there: twice that is a part of the level before, whose
     * blocks therefore come together in the same task.
     */
    private static StagePlan upTo(PyramidPlan plan, int first, int last) {
        long[] part = new long[plan.block().length];
        for (int d = 0; d < part.length; d++) {
            part[d] = plan.block()[d];
            if (plan.shard().isPresent()) {
                part[d] = Grid.leastCommonMultiple(part[d], plan.shard().get()[d]);
            }
            for (int level = first; level < last; level++) {
                part[d] *= plan.factors().get(level)[d];
            }
        }
        return new StagePlan(first, last, part);
    }

    /**
     * A stage that cuts the image's chunks as little as may be, for each task decodes a chunk of which it has a part. Fewer
     * levels, which makes parts thinner, are read back by the next stage: that costs less than decoding all chunks again.
     */
    private static StagePlan covering(int[] chunk, PyramidPlan plan, StagePlan usual, long most) {
        StagePlan best = null;
        for (int last = usual.last; last >= usual.first; last--) {
            StagePlan stage = upTo(plan, usual.first, last).longer(chunk, plan, MOST_TIMES * most);
            if (best == null || stage.decodes(chunk, plan) < best.decodes(chunk, plan)) {
                best = stage;
            }
        }
        return best;
    }

    /** The same with longer parts along axes along which chunks are, those first along which it takes least. */
    private StagePlan longer(int[] chunk, PyramidPlan plan, long most) {
        long[] shape = plan.levels().get(first).shape();
        StagePlan longer = this;
        while (longer.decodes(chunk, plan) > 1) {
            StagePlan least = null;
            for (int d = 0; d < part.length; d++) {
                long wanted = Math.min(chunk[d], shape[d]);
                if (longer.part[d] < wanted) {
                    long[] lengths = longer.part.clone();
                    lengths[d] = Grid.covering(wanted, part[d]) * part[d];
                    StagePlan other = new StagePlan(first, last, lengths);
                    least = least == null || other.voxels(plan) < least.voxels(plan) ? other : least;
                }
            }
            if (least.voxels(plan) > most) {
                return longer;
            }
            longer = least;
        }
        return longer;
    }

    /** How many tasks decode a chunk, along axes along which it is longer than their parts. */
    private long decodes(int[] chunk, PyramidPlan plan) {
        long[] shape = plan.levels().get(first).shape();
        long decodes = 1;
        for (int d = 0; d < part.length; d++) {
            long length = Math.min(chunk[d], shape[d]);
            decodes *= Math.max(1, Grid.covering(length, part[d]));
        }
        return decodes;
    }

    /** How many voxels a task reads, at most. */
    private long voxels(PyramidPlan plan) {
        long[] shape = plan.levels().get(first).shape();
        long voxels = 1;
        for (int d = 0; d < part.length; d++) {
            voxels *= Math.min(part[d], shape[d]);
        }
        return voxels;
    }
}
