package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.BlockMean;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.LabelMode;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;

/** An image downsampled by block means, or a label image by most frequent labels, lazily. Thread-safe when its source is. */
public final class DownsampledSource implements ImageSource {
    /** What is read of the source at once, in voxels; single voxels of the result may be made of more. */
    private static final long READ_VOXELS = 1 << 22;

    private static final int MOST_CHUNKS = 8;

    private final ImageSource source;
    private final int[] factors;
    private final ImageMetadata metadata;
    private final int[] chunkShape;

    private DownsampledSource(ImageSource source, int[] factors, PixelType type) {
        this.source = source;
        this.factors = factors.clone();
        this.metadata = source.metadata().downsampled(factors).withPixelType(type);
        int[] chunk = source.chunkShape();
        this.chunkShape = new int[chunk.length];
        for (int d = 0; d < chunk.length; d++) {
            chunkShape[d] = chunkLength(chunk[d], factors[d], source.metadata().shape()[d]);
        }
    }

    /** Voxels of the result that are made of whole chunks, where that takes no more than a few of these. */
    private static int chunkLength(int chunk, int factor, long length) {
        int chunks = 1;
        while (chunks < MOST_CHUNKS && (long) chunks * chunk < length && chunks * chunk % factor != 0) {
            chunks++;
        }
        boolean whole = chunks * chunk % factor == 0 || (long) chunks * chunk >= length;
        return Math.max(1, whole ? (chunks * chunk + factor - 1) / factor : chunk / factor);
    }

    /**
     * @param factors per axis in the image's order, at least 1; need not divide the image's length
     * @param type of the result; integers are rounded to the nearest. Of a label image in another type the means are
     *     taken, as of a mask
     */
    public static ImageSource of(ImageSource source, int[] factors, PixelType type) {
        return new DownsampledSource(source, factors, type);
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return chunkShape.clone();
    }

    /** The source's levels, each downsampled likewise. */
    @Override
    public List<ImageSource> levels() {
        List<ImageSource> coarser = new ArrayList<>();
        for (ImageSource level : source.levels().subList(1, source.levels().size())) {
            coarser.add(new DownsampledSource(level, factors, metadata.pixelType()));
        }
        return Levels.of(this, coarser);
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        Block target = new Block(metadata.pixelType(), interval, voxels);
        readPieces(interval, target, 0, interval.mins(), interval.maxs());
    }

    /** Cuts the interval along the source's chunks, axis by axis, so that each is decoded once where factors divide it. */
    private void readPieces(Interval interval, Block target, int axis, long[] min, long[] max) throws IOException {
        if (axis == interval.axes()) {
            Interval piece = Interval.between(min, max);
            if (piece.equals(interval)) {
                downsample(piece, target);
            } else {
                Block part = Block.allocate(target.pixelType(), piece);
                downsample(piece, part);
                target.copyFrom(part);
            }
            return;
        }
        long step = chunkShape[axis];
        for (long start = interval.min(axis); start < interval.max(axis); start = max[axis]) {
            min[axis] = start;
            max[axis] = Math.min(interval.max(axis), (start / step + 1) * step);
            readPieces(interval, target, axis + 1, min, max);
        }
    }

    private void downsample(Interval piece, Block target) throws IOException {
        Interval from = BlockMean.sourceOf(piece, factors, source.metadata().shape());
        long plane = 1;
        for (int d = 1; d < from.axes(); d++) {
            plane *= from.length(d);
        }
        long thickness = Math.max(1, READ_VOXELS / plane);
        BlockMean.Reader slabs = rest -> {
            long[] max = rest.maxs();
            max[0] = Math.min(max[0], rest.min(0) + thickness);
            return source.read(Interval.between(rest.mins(), max));
        };
        if (source.metadata().labels()
                && metadata.pixelType() == source.metadata().pixelType()) {
            LabelMode.downsample(piece, factors, from, slabs, target);
        } else {
            BlockMean.downsample(piece, factors, from, slabs, target);
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        source.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
