package org.scaledimaging.engine.report;

import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * Both images as one thread counts them. Where there is no mask, voxels are grouped by the bin of the image before: above
 * which bin the mask begins is known at the end.
 */
final class ComparisonTally {
    final FiguresTally before;
    final FiguresTally after;
    final GroupTally beforeInMask;
    final GroupTally afterInMask;
    private final boolean masked;
    private double[] mask = {};

    /** @param axes those with profiles, by index */
    ComparisonTally(ImageMetadata before, ImageMetadata after, boolean masked, int[] axes) {
        long[] shape = before.interval().shape();
        int groups = masked ? 1 : Counts.MOST;
        this.before = new FiguresTally(before.pixelType(), axes, shape);
        this.after = new FiguresTally(after.pixelType(), axes, shape);
        this.beforeInMask = new GroupTally(groups, before.pixelType().isInteger());
        this.afterInMask = new GroupTally(groups, after.pixelType().isInteger());
        this.masked = masked;
    }

    /** @param wanted for each voxel whether it is in the mask: where it is not 0; null without a mask */
    void add(Block ofBefore, Block ofAfter, Block wanted) {
        int size = ofBefore.size();
        double[] a = before.values(ofBefore);
        double[] b = after.values(ofAfter);
        regroup(before.cover(a, size));
        after.cover(b, size);
        before.add(ofBefore, a);
        after.add(ofAfter, b);
        beforeInMask.prepare(size);
        afterInMask.prepare(size);
        Bins bins = before.counts().bins();
        if (masked) {
            mask = FiguresTally.float64(wanted, mask);
        }
        for (int i = 0; i < size; i++) {
            boolean finite = Math.abs(a[i]) <= Double.MAX_VALUE;
            if (masked ? mask[i] == 0 : !finite) {
                continue;
            }
            int group = masked ? 0 : bins.of(a[i]);
            if (finite) {
                beforeInMask.add(group, a[i]);
            }
            if (Math.abs(b[i]) <= Double.MAX_VALUE) {
                afterInMask.add(group, b[i]);
            }
        }
    }

    void add(ComparisonTally other) {
        Bins theirs = other.before.counts().bins();
        regroup(before.counts().cover(theirs.minimum(), theirs.maximum()));
        int[] groups = new int[masked ? 1 : Counts.MOST];
        if (!masked && !theirs.isEmpty()) {
            Bins ours = before.counts().bins();
            Arrays.setAll(groups, group -> Math.min(Counts.MOST - 1, theirs.in(ours, group)));
        }
        before.add(other.before);
        after.add(other.after);
        beforeInMask.add(other.beforeInMask, groups);
        afterInMask.add(other.afterInMask, groups);
    }

    private void regroup(int[] groups) {
        if (groups != null && !masked) {
            beforeInMask.regroup(groups);
            afterInMask.regroup(groups);
        }
    }
}
