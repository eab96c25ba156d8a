package org.scaledimaging.engine.segmentation;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.MortonOrder;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.Thresholds;

/**
 * An image as labels, by Otsu's thresholds of the block that a voxel lies in. Blocks form a grid from the image's corner,
 * in each channel and time point; those at the image's end are smaller. Thresholds are worked out when a block is first
 * read; those of the blocks used last are remembered.
 */
final class LocallyLabelledSource implements ImageSource {
    private static final int REMEMBERED = 1 << 15;
    /** Inside a read, which is one of many in parallel. */
    private static final Execution ONE_THREAD = new Execution(1, Progress.none());

    private final ImageSource image;
    private final OtsuOptions options;
    private final ImageMetadata metadata;
    private final long[] blockShape;
    private final Map<Interval, Thresholds> known = new LinkedHashMap<>(16, 0.75f, true);

    /** @param blockShape per axis; 1 along channels and time */
    LocallyLabelledSource(ImageSource image, OtsuOptions options, long[] blockShape) {
        this.image = image;
        this.options = options;
        this.metadata = LabelledSource.metadata(image.metadata(), options.classes());
        this.blockShape = blockShape.clone();
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return image.chunkShape();
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        Block target = new Block(metadata.pixelType(), interval, voxels);
        long[] min = interval.mins();
        long[] max = interval.maxs();
        for (int d = 0; d < min.length; d++) {
            min[d] /= blockShape[d];
            max[d] = (max[d] + blockShape[d] - 1) / blockShape[d];
        }
        Iterator<long[]> cells = MortonOrder.over(Interval.between(min, max), new boolean[min.length]);
        while (cells.hasNext()) {
            long[] corner = cells.next().clone();
            for (int d = 0; d < corner.length; d++) {
                corner[d] *= blockShape[d];
            }
            Interval block = Interval.at(corner, blockShape).intersect(metadata.interval());
            Block part = image.read(block.intersect(interval));
            target.copyFrom(LabelledSource.label(part, thresholds(block), options.classes()));
        }
    }

    private Thresholds thresholds(Interval block) throws IOException {
        synchronized (known) {
            Thresholds remembered = known.get(block);
            if (remembered != null) {
                return remembered;
            }
        }
        // Outside the lock: others go on; at worst two work out the same.
        Thresholds found = Segmentation.thresholds(image, block, options, ONE_THREAD);
        synchronized (known) {
            known.put(block, found);
            if (known.size() > REMEMBERED) {
                Iterator<Interval> oldest = known.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
        return found;
    }

    @Override
    public void checkUnchanged() throws IOException {
        image.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        image.close();
    }
}
