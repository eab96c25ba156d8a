package org.scaledimaging.engine.segmentation;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.Thresholds;
import org.scaledimaging.engine.view.View;

/**
 * An image as labels, by Otsu's thresholds of the block that a voxel lies in. Blocks form a grid from the image's corner,
 * in each channel and time point; those at the image's end are smaller. Thresholds are worked out when a block is first
 * read; those of the blocks used last are remembered.
 */
final class LocallyLabelledSource extends View {
    private static final int REMEMBERED = 1 << 15;
    /** Inside a read, which is one of many in parallel. */
    private static final Execution ONE_THREAD = new Execution(1, Progress.none());

    private final OtsuOptions options;
    private final Grid blocks;
    private final BoundedCache<Interval, Thresholds> known = new BoundedCache<>(REMEMBERED);

    /** @param blockShape per axis; 1 along channels and time */
    LocallyLabelledSource(ImageSource image, OtsuOptions options, long[] blockShape) {
        super(image, LabelledSource.metadata(image.metadata(), options.classes()));
        this.options = options;
        this.blocks = Grid.of(metadata().interval(), blockShape);
    }

    @Override
    protected List<Interval> pieces(Interval interval) {
        return blocks.parts(interval);
    }

    @Override
    protected void compute(Block target) throws IOException {
        Interval block = blocks.interval(blocks.cellOf(target.interval().mins()));
        Block part = image().read(target.interval());
        target.copyFrom(LabelledSource.label(part, thresholds(block), options.classes()));
    }

    private Thresholds thresholds(Interval block) throws IOException {
        return known.get(block, 1, () -> Segmentation.thresholds(image(), block, options, ONE_THREAD));
    }

    /** Labels of a coarser image. */
    @Override
    public boolean levelsAreDownsampled() {
        return false;
    }
}
