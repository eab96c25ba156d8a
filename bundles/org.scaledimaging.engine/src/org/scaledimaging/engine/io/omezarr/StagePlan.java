package org.scaledimaging.engine.io.omezarr;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.ReadingPlan;

/**
 * Which levels of a pyramid are written together by tasks that share nothing, and what a task writes: whole shards of each
 * of these levels, and nothing that needs more of the image than its own part.
 *
 * @param first the finest of the levels
 * @param last the coarsest
 * @param part what a task writes of the finest, in voxels per axis
 */
record StagePlan(int first, int last, long[] part) {

    /** The stages that together write all levels. */
    static List<StagePlan> of(PyramidPlan plan, Executor executor) {
        List<StagePlan> stages = new ArrayList<>();
        int next = 0;
        while (next < plan.levels().size()) {
            long voxels = 1;
            for (long length : plan.levels().get(next).shape()) {
                voxels *= length;
            }
            StagePlan stage = stage(plan, next, executor.taskVoxels(voxels));
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
                part[d] = ReadingPlan.leastCommonMultiple(part[d], plan.shard().get()[d]);
            }
            for (int level = first; level < last; level++) {
                part[d] *= plan.factors().get(level)[d];
            }
        }
        return new StagePlan(first, last, part);
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
