package org.scaledimaging.engine.operation;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.align.AppliedWithin;
import org.scaledimaging.engine.align.ImageOnGrid;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.view.Pyramid;
import org.scaledimaging.engine.view.View;

/** An image to which a field of another image's grid is applied, computed when it is read. Its spatial axes come last. */
final class FieldApplied extends View {
    private static final int PIECE_VOXELS = 1 << 20;

    private final ImageOnGrid field;
    private final Optional<AppliedWithin> within;
    private final ApplyField how;
    private final List<? extends Closeable> owned;
    private final Volumes volumes;

    /**
     * @param within where the field is applied, if not everywhere
     * @param owned what goes when this is closed
     */
    FieldApplied(
            ImageSource image,
            ImageOnGrid field,
            Optional<AppliedWithin> within,
            ApplyField how,
            List<? extends Closeable> owned) {
        super(
                image,
                image.metadata().withOtherValues(image.metadata().pixelType().working()));
        this.field = field;
        this.within = within;
        this.how = how;
        this.owned = owned;
        this.volumes = Volumes.of(image.metadata());
    }

    /** Parts of single volumes, so small that what is read of the field for them is small, too. */
    @Override
    protected List<Interval> pieces(Interval interval) {
        List<Interval> pieces = new ArrayList<>();
        for (Interval part : volumes.pieces(interval)) {
            long[] shape = part.shape();
            for (int d = 0; d < shape.length && voxels(shape) > PIECE_VOXELS; d++) {
                shape[d] = Math.max(1, shape[d] * PIECE_VOXELS / voxels(shape));
            }
            Grid grid = Grid.of(part, shape);
            for (long[] cell : grid.inOrder()) {
                pieces.add(grid.interval(cell));
            }
        }
        return pieces;
    }

    private static long voxels(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    @Override
    protected void compute(Block target) throws IOException {
        target.convertFrom(image().read(target.interval()));
        long[] volume = volumes.touchedBy(target.interval()).get(0);
        Block part = target.at(volumes.spatial(target.interval()));
        Block original = within.isEmpty() ? part : Block.allocate(part.pixelType(), part.interval());
        original.copyFrom(part);
        double[] values = field.values(volume, part.interval());
        if (target.pixelType() == PixelType.FLOAT32) {
            float[] voxels = (float[]) target.voxels();
            for (int i = 0; i < target.size(); i++) {
                voxels[i] = (float) how.by().apply(voxels[i], scaled(values[i]));
            }
        } else {
            double[] voxels = (double[]) target.voxels();
            for (int i = 0; i < target.size(); i++) {
                voxels[i] = how.by().apply(voxels[i], scaled(values[i]));
            }
        }
        if (within.isPresent()) {
            within.get().blend(volume, original, part);
        }
    }

    private double scaled(double value) {
        return value * how.scale() + how.offset();
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Pyramid.factors(image().metadata(), level.metadata())
                .filter(factors -> Pyramid.isPlaced(image().metadata(), level.metadata(), factors))
                .map(factors -> new FieldApplied(
                        level,
                        field.on(level.metadata(), factors),
                        within.map(mask -> mask.on(level.metadata(), factors)),
                        how,
                        List.of()));
    }

    /** A level is the field applied to a coarser image. */
    @Override
    public boolean levelsAreDownsampled() {
        return false;
    }

    @Override
    public void checkUnchanged() throws IOException {
        super.checkUnchanged();
        field.checkUnchanged();
        if (within.isPresent()) {
            within.get().checkUnchanged();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Closeable image : owned) {
                image.close();
            }
        } finally {
            super.close();
        }
    }
}
