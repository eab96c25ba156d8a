package org.scaledimaging.engine.statistics;

import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;

/**
 * Statistics of blocks that somebody reads anyway. They equal those of {@link ImageStatistics} for the whole image to
 * the bit, whatever the order of blocks and the number of measurements. One thread at a time.
 */
public final class Measurement implements BlockPass.Tally {
    private final ValueCounts counts;
    private final StatisticsTally tally;
    private long voxels;

    /** @param percentiles whether percentiles are wanted */
    public Measurement(PixelType type, boolean percentiles) {
        boolean each = ValueCounts.serve(type);
        this.counts = each ? new ValueCounts(type) : null;
        this.tally = each ? null : new StatisticsTally(type, percentiles);
    }

    /** Adds a block of the type. */
    @Override
    public void add(Block block) {
        voxels += block.size();
        if (counts != null) {
            counts.add(block);
        } else {
            tally.add(block);
        }
    }

    /** Adds what another measurement of the same type has seen. */
    public void add(Measurement other) {
        voxels += other.voxels;
        if (counts != null) {
            counts.add(other.counts);
        } else {
            tally.add(other.tally);
        }
    }

    /**
     * What was seen until now.
     *
     * @param percentiles 0 to 100; none where they were not wanted
     */
    public Statistics statistics(List<Double> percentiles) {
        return counts != null ? counts.statistics(percentiles) : tally.statistics(voxels, percentiles);
    }
}
