package org.scaledimaging.engine.image;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;

/** A test image whose voxels follow a formula of their position; counts how many were read. */
public final class FormulaSource implements ImageSource {
    private final ImageMetadata metadata;
    private final int[] chunkShape;
    private final ToDoubleFunction<long[]> formula;
    private final AtomicLong voxelsRead = new AtomicLong();
    private final List<ImageSource> coarser = new ArrayList<>();

    public FormulaSource(ImageMetadata metadata, int[] chunkShape, ToDoubleFunction<long[]> formula) {
        this.metadata = metadata;
        this.chunkShape = chunkShape;
        this.formula = formula;
    }

    /** An image with axes by letter, as in {@code "czyx"}. */
    public static FormulaSource of(String axes, PixelType type, long[] shape, ToDoubleFunction<long[]> formula) {
        Dimension[] dimensions = new Dimension[shape.length];
        int[] chunk = new int[shape.length];
        for (int d = 0; d < shape.length; d++) {
            Axis axis = Axis.ofSymbol(axes.substring(d, d + 1)).orElseThrow();
            dimensions[d] = Dimension.of(axis, shape[d]);
            chunk[d] = axis.isSpatial() ? (int) Math.min(8, shape[d]) : 1;
        }
        return new FormulaSource(ImageMetadata.of("test", type, dimensions), chunk, formula);
    }

    /** A formula without pattern or symmetry: whole numbers from 0 to 999. */
    public static double scattered(long[] position) {
        long hash = 17;
        for (long coordinate : position) {
            hash = (hash * 1000003 + coordinate) * 0x9E3779B97F4A7C15L;
        }
        return (hash >>> 33) % 1000;
    }

    public FormulaSource withChunks(int... newChunkShape) {
        return new FormulaSource(metadata, newChunkShape, formula);
    }

    public void addLevel(ImageSource level) {
        coarser.add(level);
    }

    public long voxelsRead() {
        return voxelsRead.get();
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return chunkShape.clone();
    }

    @Override
    public List<ImageSource> levels() {
        List<ImageSource> levels = new ArrayList<>(List.of(this));
        levels.addAll(coarser);
        return levels;
    }

    @Override
    public void read(Block target) {
        Interval interval = target.interval();
        int size = interval.voxels();
        voxelsRead.addAndGet(size);
        double[] values = new double[size];
        long[] position = interval.mins();
        for (int i = 0; i < size; i++) {
            values[i] = formula.applyAsDouble(position);
            for (int d = position.length - 1; d >= 0 && ++position[d] == interval.max(d); d--) {
                position[d] = interval.min(d);
            }
        }
        PixelConversion.convert(PixelType.FLOAT64, values, metadata.pixelType(), target.voxels(), size);
    }
}
