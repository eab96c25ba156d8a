package org.scaledimaging.engine.imglib2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.DoubleArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * The bridge to ImgLib2, both ways. ImgLib2 counts axes from the fastest varying, the engine from the slowest: axis d
 * there is axis n − 1 − d here.
 */
public final class ImgLib2 {
    private ImgLib2() {}

    /**
     * An image as ImgLib2 sees it. Cells are the image's chunks, read when first touched and held in a cache of bounded
     * size. An error while reading comes as an {@link UncheckedIOException}.
     */
    public static RandomAccessibleInterval<? extends RealType<?>> image(ImageSource image) {
        return switch (image.metadata().pixelType()) {
            case INT8 -> cells(image, new ByteType());
            case UINT8 -> cells(image, new UnsignedByteType());
            case INT16 -> cells(image, new ShortType());
            case UINT16 -> cells(image, new UnsignedShortType());
            case INT32 -> cells(image, new IntType());
            case UINT32 -> cells(image, new UnsignedIntType());
            case INT64 -> cells(image, new LongType());
            case UINT64 -> cells(image, new UnsignedLongType());
            case FLOAT32 -> cells(image, new FloatType());
            case FLOAT64 -> cells(image, new DoubleType());
        };
    }

    /**
     * An ImgLib2 image as the engine sees it. Its minimum becomes the origin of the voxel grid.
     *
     * @throws IllegalArgumentException when shape or pixel type are not as the metadata say
     */
    public static <T extends RealType<T> & NativeType<T>> ImageSource source(
            RandomAccessibleInterval<T> image, ImageMetadata metadata) {
        long[] shape = reversed(image.dimensionsAsLongArray());
        if (!Arrays.equals(shape, metadata.shape())) {
            throw new IllegalArgumentException(
                    "an image of " + Arrays.toString(shape) + " for metadata of " + Arrays.toString(metadata.shape()));
        }
        PixelType type = pixelType(image.getType());
        if (type != metadata.pixelType()) {
            throw new IllegalArgumentException("an image of " + type + " for metadata of " + metadata.pixelType());
        }
        return new ImgLib2Source<>(image, metadata);
    }

    private static PixelType pixelType(Object type) {
        if (type instanceof ByteType) {
            return PixelType.INT8;
        } else if (type instanceof UnsignedByteType) {
            return PixelType.UINT8;
        } else if (type instanceof ShortType) {
            return PixelType.INT16;
        } else if (type instanceof UnsignedShortType) {
            return PixelType.UINT16;
        } else if (type instanceof IntType) {
            return PixelType.INT32;
        } else if (type instanceof UnsignedIntType) {
            return PixelType.UINT32;
        } else if (type instanceof LongType) {
            return PixelType.INT64;
        } else if (type instanceof UnsignedLongType) {
            return PixelType.UINT64;
        } else if (type instanceof FloatType) {
            return PixelType.FLOAT32;
        } else if (type instanceof DoubleType) {
            return PixelType.FLOAT64;
        }
        throw new IllegalArgumentException(
                "no pixel type for " + type.getClass().getName());
    }

    private static <T extends RealType<T> & NativeType<T>> RandomAccessibleInterval<T> cells(
            ImageSource image, T type) {
        long[] shape = image.metadata().shape();
        int[] chunk = image.chunkShape();
        int axes = shape.length;
        int[] cellShape = new int[axes];
        for (int d = 0; d < axes; d++) {
            cellShape[axes - 1 - d] = (int) Math.min(chunk[d], shape[d]);
        }
        CellGrid grid = new CellGrid(reversed(shape), cellShape);
        BoundedCache<Long, Cell<DataAccess>> cache = BoundedCache.ofHeap();
        return new LazyCellImg<>(grid, type, index -> cell(image, grid, index, cache));
    }

    private static Cell<DataAccess> cell(
            ImageSource image, CellGrid grid, long index, BoundedCache<Long, Cell<DataAccess>> cache) {
        int axes = grid.numDimensions();
        long[] min = new long[axes];
        int[] length = new int[axes];
        grid.getCellDimensions(index, min, length);
        Interval interval = Interval.at(
                reversed(min), reversed(Arrays.stream(length).asLongStream().toArray()));
        long bytes = (long) interval.voxels() * image.metadata().pixelType().bytes();
        try {
            return cache.get(
                    index,
                    bytes,
                    () -> new Cell<>(length, min, access(image.read(interval).voxels())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataAccess access(Object voxels) {
        if (voxels instanceof byte[] values) {
            return new ByteArray(values);
        } else if (voxels instanceof short[] values) {
            return new ShortArray(values);
        } else if (voxels instanceof int[] values) {
            return new IntArray(values);
        } else if (voxels instanceof long[] values) {
            return new LongArray(values);
        } else if (voxels instanceof float[] values) {
            return new FloatArray(values);
        }
        return new DoubleArray((double[]) voxels);
    }

    static long[] reversed(long[] values) {
        return AxisOrder.reversed(values.length).apply(values);
    }
}
