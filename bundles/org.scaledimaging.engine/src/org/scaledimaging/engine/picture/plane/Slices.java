package org.scaledimaging.engine.picture.plane;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * Planes of an image at right angles to its axes: slices and projections, from the coarsest level of its pyramid that has
 * as many pixels as wanted. What is read is the chunks that a slice crosses; memory does not grow with the image. Immutable.
 */
public final class Slices {
    private final ImageSource image;
    private final ImageMetadata metadata;

    private Slices(ImageSource image) {
        this.image = image;
        this.metadata = image.metadata();
    }

    /** The planes of an image. What it puts off until voxels are read is done by the first plane, if not before. */
    public static Slices of(ImageSource image) {
        return new Slices(image);
    }

    /** The metadata of the image that planes are taken of. */
    public ImageMetadata metadata() {
        return metadata;
    }

    /** The axes at right angles to which there are planes: z, y and x; z alone where the image is a plane itself. */
    public List<Axis> normals() {
        List<Axis> normals = new ArrayList<>(List.of(Axis.Z));
        if (metadata.indexOf(Axis.Z) >= 0) {
            normals.addAll(List.of(Axis.Y, Axis.X));
        }
        return normals;
    }

    /**
     * The anatomical directions at the sides of the planes across an axis, as they are shown; nothing where the image does
     * not say how it lies in the world, or lies askew.
     *
     * @param normal one of {@link #normals}
     */
    public Optional<Sides> sides(Axis normal) {
        return PlaneOrientation.of(metadata, normal).sides();
    }

    /** How many slices there are along an axis; 1 along one that the image does not have. */
    public long length(Axis axis) {
        return metadata.length(axis);
    }

    /** The index of the slice in the middle; of the later of two. */
    public long middle(Axis axis) {
        return length(axis) / 2;
    }

    /** The coordinate of a slice's voxel centres along the image's own axis, in the axis' unit, from the image's origin. */
    public double coordinate(Axis axis, long index) {
        int d = metadata.indexOf(axis);
        if (d < 0) {
            return index;
        }
        Dimension dimension = metadata.dimensions().get(d);
        return dimension.origin() + index * dimension.voxelSize();
    }

    /**
     * The index of the slice whose voxels hold a coordinate along the image's own axis; outside the image below 0, or the
     * axis' length and more.
     *
     * @param coordinate in the axis' unit, from the image's origin
     */
    public long indexAt(Axis axis, double coordinate) {
        int d = metadata.indexOf(axis);
        if (d < 0) {
            return Math.round(coordinate);
        }
        Dimension dimension = metadata.dimensions().get(d);
        return Math.round((coordinate - dimension.origin()) / dimension.voxelSize());
    }

    /**
     * A slice. At a coarser level it is the one of that level that holds the wanted one.
     *
     * @param normal the axis at right angles to it, one of {@link #normals}
     * @param index along that axis, in voxels of the full resolution from 0
     * @param channel from 0
     * @param time from 0
     * @param wantedPixels how many pixels the longer side should have at least, where the image has so many; at least 1.
     *     There are fewer than twice as many.
     * @throws IndexOutOfBoundsException when the image has no such slice, channel or time point
     */
    public Plane slice(Axis normal, long index, long channel, long time, int wantedPixels, Execution execution)
            throws IOException {
        check(index, length(normal));
        return read(normal, index, false, channel, time, wantedPixels, execution);
    }

    /**
     * A projection: of each line along an axis the greatest value of the level, NaN left out. Of labels, too, it is the
     * greatest number.
     *
     * @param normal the axis along which to look, one of {@link #normals}
     * @param channel from 0
     * @param time from 0
     * @param wantedPixels as for {@link #slice}
     * @throws IndexOutOfBoundsException when the image has no such channel or time point
     */
    public Plane projection(Axis normal, long channel, long time, int wantedPixels, Execution execution)
            throws IOException {
        return read(normal, 0, true, channel, time, wantedPixels, execution);
    }

    /**
     * How many voxels have to be decoded for a slice: those of all chunks that it crosses, of the level that is read.
     *
     * @param normal the axis at right angles to it, one of {@link #normals}
     * @param wantedPixels as for {@link #slice}
     */
    public double voxelsDecoded(Axis normal, int wantedPixels) {
        PlaneGeometry geometry = PlaneOrientation.of(metadata, normal);
        ImageSource source = LevelChoice.of(image, geometry, wantedPixels).source();
        int[] chunk = source.chunkShape();
        double voxels = 1;
        for (int d = 0; d < chunk.length; d++) {
            Axis axis = source.metadata().dimensions().get(d).axis();
            boolean inPlane = axis == geometry.across() || axis == geometry.down();
            long length = source.metadata().dimensions().get(d).length();
            voxels *= inPlane ? (double) Grid.covering(length, chunk[d]) * chunk[d] : Math.min(length, chunk[d]);
        }
        return voxels;
    }

    private Plane read(
            Axis normal, long index, boolean projection, long channel, long time, int wanted, Execution execution)
            throws IOException {
        if (!normals().contains(normal) || wanted < 1) {
            throw new IllegalArgumentException(wanted + " pixels along " + normal.symbol());
        }
        check(channel, length(Axis.C));
        check(time, length(Axis.T));
        PlaneGeometry geometry = PlaneOrientation.of(metadata, normal);
        LevelChoice choice = LevelChoice.of(image, geometry, wanted);
        PlanePosition position = new PlanePosition(
                index, coordinate(normal, index), unit(normal), projection, channel, time, choice.level());
        return new PlaneReading(choice, geometry, position).read(execution);
    }

    private String unit(Axis axis) {
        int d = metadata.indexOf(axis);
        return d < 0 ? "" : metadata.dimensions().get(d).unit();
    }

    private static void check(long index, long length) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(index + " of " + length);
        }
    }
}
