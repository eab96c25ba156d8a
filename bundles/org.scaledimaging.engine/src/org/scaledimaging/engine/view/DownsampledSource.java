package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.resample.BlockMean;
import org.scaledimaging.engine.block.resample.LabelMode;
import org.scaledimaging.engine.image.ImageSource;

/** An image downsampled by block means, or a label image by most frequent labels, lazily. Thread-safe when its source is. */
public final class DownsampledSource extends View {
    /** What is read of the source at once, in voxels; single voxels of the result may be made of more. */
    private static final long READ_VOXELS = 1 << 22;

    private static final int MOST_CHUNKS = 8;

    /** Chunks are joined along the fastest axes until so many voxels of the source are read at once. */
    private static final long LEAST_READ = 1 << 18;

    private final int[] factors;
    private final int[] chunkShape;
    private final Grid pieces;

    private DownsampledSource(ImageSource source, int[] factors, PixelType type) {
        super(source, source.metadata().downsampled(factors).withPixelType(type));
        this.factors = factors.clone();
        int[] chunk = source.chunkShape();
        this.chunkShape = new int[chunk.length];
        for (int d = 0; d < chunk.length; d++) {
            chunkShape[d] = chunkLength(chunk[d], factors[d], source.metadata().shape()[d]);
        }
        this.pieces = Grid.of(
                metadata().interval(), joined(chunkShape, factors, metadata().shape()));
    }

    private static long[] joined(int[] chunk, int[] factors, long[] shape) {
        long[] piece = Arrays.stream(chunk).asLongStream().toArray();
        double read = 1;
        for (int d = 0; d < piece.length; d++) {
            read *= piece[d] * factors[d];
        }
        for (int d = piece.length - 1; d >= 0 && read < LEAST_READ; d--) {
            long times = Math.min(Grid.covering(shape[d], piece[d]), Math.max(1, (long) (LEAST_READ / read)));
            piece[d] *= times;
            read *= times;
        }
        return piece;
    }

    /** Voxels of the result that are made of whole chunks, where that takes no more than a few of these. */
    private static int chunkLength(int chunk, int factor, long length) {
        int chunks = 1;
        while (chunks < MOST_CHUNKS && (long) chunks * chunk < length && chunks * chunk % factor != 0) {
            chunks++;
        }
        boolean whole = chunks * chunk % factor == 0 || (long) chunks * chunk >= length;
        return Math.max(1, whole ? (int) Grid.covering(chunks * chunk, factor) : chunk / factor);
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
    public int[] chunkShape() {
        return chunkShape.clone();
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(new DownsampledSource(level, factors, metadata().pixelType()));
    }

    @Override
    protected Interval source(Interval interval) {
        return BlockMean.sourceOf(interval, factors, image().metadata().shape());
    }

    /** Cut along the image's chunks, of which small ones are joined, so that each is decoded once where factors divide it. */
    @Override
    protected List<Interval> pieces(Interval interval) {
        return pieces.parts(interval);
    }

    @Override
    protected void compute(Block target) throws IOException {
        Interval piece = target.interval();
        Interval from = source(piece);
        long plane = 1;
        for (int d = 1; d < from.axes(); d++) {
            plane *= from.length(d);
        }
        long thickness = Math.max(1, READ_VOXELS / plane);
        BlockMean.Reader slabs = rest -> {
            long[] max = rest.maxs();
            max[0] = Math.min(max[0], rest.min(0) + thickness);
            return image().read(Interval.between(rest.mins(), max));
        };
        if (image().metadata().labels()
                && metadata().pixelType() == image().metadata().pixelType()) {
            LabelMode.downsample(piece, factors, from, slabs, target);
        } else {
            BlockMean.downsample(piece, factors, from, slabs, target);
        }
    }
}
