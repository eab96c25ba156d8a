package org.scaledimaging.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;

/**
 * The properties of an image that are known without reading a voxel.
 *
 * @param name a short name for people, often the file's
 * @param pixelType the type of every voxel
 * @param dimensions one per axis, slowest varying first: any subset and order of t c z y x, with y and x among them
 * @param frame where the image lies in the world, if known
 * @param channelNames one per channel, or empty where there are none
 * @param omero the {@code omero} rendering metadata of an OME-Zarr image, if there is one: passed on as it is, but for its
 *     display windows where values change ({@link #withOtherValues})
 * @param labels whether values are the numbers of classes or objects, which cannot be averaged: resampling then takes the
 *     most frequent one, or the nearest
 * @param header what the header of a NIfTI file says besides, of an image that comes from there
 * @param attributes what others say in attributes of an OME-Zarr image, of one that comes from there
 */
public record ImageMetadata(
        String name,
        PixelType pixelType,
        List<Dimension> dimensions,
        Optional<WorldFrame> frame,
        List<String> channelNames,
        Optional<JsonNode> omero,
        boolean labels,
        Optional<HeaderFields> header,
        Optional<ForeignAttributes> attributes) {

    private static final String FIRST_SLICE = "defaultZ";

    public ImageMetadata {
        Objects.requireNonNull(name);
        Objects.requireNonNull(pixelType);
        dimensions = List.copyOf(dimensions);
        channelNames = List.copyOf(channelNames);
        header = header.filter(HeaderFields::saysSomething);
        attributes = attributes
                .map(others -> labels ? others : others.withoutLabels())
                .filter(ForeignAttributes::saysSomething);
        EnumSet<Axis> seen = EnumSet.noneOf(Axis.class);
        long channels = 1;
        for (Dimension dimension : dimensions) {
            if (!seen.add(dimension.axis())) {
                throw new IllegalArgumentException("axis " + dimension.axis().symbol() + " twice");
            }
            if (dimension.axis() == Axis.C) {
                channels = dimension.length();
            }
        }
        if (!seen.contains(Axis.Y) || !seen.contains(Axis.X)) {
            throw new IllegalArgumentException("an image needs the axes y and x, these are " + seen);
        }
        if (!channelNames.isEmpty() && channelNames.size() != channels) {
            throw new IllegalArgumentException(channelNames.size() + " names for " + channels + " channels");
        }
    }

    /** An image whose values are measured, not labels. */
    public ImageMetadata(
            String name,
            PixelType pixelType,
            List<Dimension> dimensions,
            Optional<WorldFrame> frame,
            List<String> channelNames,
            Optional<JsonNode> omero) {
        this(name, pixelType, dimensions, frame, channelNames, omero, false, Optional.empty(), Optional.empty());
    }

    /** An image with these dimensions and nothing else known of it. */
    public static ImageMetadata of(String name, PixelType pixelType, Dimension... dimensions) {
        return new ImageMetadata(name, pixelType, List.of(dimensions), Optional.empty(), List.of(), Optional.empty());
    }

    /** The length of each axis, in voxels. */
    public long[] shape() {
        return dimensions.stream().mapToLong(Dimension::length).toArray();
    }

    /**
     * The number of voxels.
     *
     * @throws ArithmeticException when that is 2^63 or more
     */
    public long voxels() {
        long voxels = 1;
        for (Dimension dimension : dimensions) {
            voxels = Math.multiplyExact(voxels, dimension.length());
        }
        return voxels;
    }

    /** The whole image. */
    public Interval interval() {
        return Interval.ofShape(shape());
    }

    /** The position of an axis in {@link #dimensions}; −1 where the image has no such axis. */
    public int indexOf(Axis axis) {
        for (int d = 0; d < dimensions.size(); d++) {
            if (dimensions.get(d).axis() == axis) {
                return d;
            }
        }
        return -1;
    }

    /** How many voxels there are along an axis; 1 where the image has no such axis. */
    public long length(Axis axis) {
        int d = indexOf(axis);
        return d < 0 ? 1 : dimensions.get(d).length();
    }

    /** The spatial axes, in order. */
    public List<Dimension> spatial() {
        return dimensions.stream()
                .filter(dimension -> dimension.axis().isSpatial())
                .toList();
    }

    /** The axis letters in order, as in {@code tczyx}. */
    public String axes() {
        StringBuilder letters = new StringBuilder();
        for (Dimension dimension : dimensions) {
            letters.append(dimension.axis().symbol());
        }
        return letters.toString();
    }

    /** The same image under another name. */
    public ImageMetadata withName(String newName) {
        return new ImageMetadata(
                newName, pixelType, dimensions, frame, channelNames, omero, labels, header, attributes);
    }

    /** The same with voxels of another type. */
    public ImageMetadata withPixelType(PixelType newType) {
        return new ImageMetadata(name, newType, dimensions, frame, channelNames, omero, labels, header, attributes);
    }

    /** The same with other axes, lengths or voxel sizes; in the order of the array, the fastest last. */
    public ImageMetadata withDimensions(List<Dimension> newDimensions) {
        return new ImageMetadata(
                name,
                pixelType,
                newDimensions,
                frame,
                channelNames,
                omero,
                labels,
                holding(newDimensions),
                attributesOf(newDimensions));
    }

    /** The same with another place in the world, or none. */
    public ImageMetadata withFrame(Optional<WorldFrame> newFrame) {
        return new ImageMetadata(
                name, pixelType, dimensions, newFrame, channelNames, omero, labels, header, attributes);
    }

    /** The same with other channel names, and display settings as OME-Zarr has them under {@code omero}. */
    public ImageMetadata withChannels(List<String> newNames, Optional<JsonNode> newOmero) {
        return new ImageMetadata(name, pixelType, dimensions, frame, newNames, newOmero, labels, header, attributes);
    }

    /** The same with what the header of a NIfTI file says besides. */
    public ImageMetadata withHeader(Optional<HeaderFields> newHeader) {
        return new ImageMetadata(
                name, pixelType, dimensions, frame, channelNames, omero, labels, newHeader, attributes);
    }

    /** The same with other attributes that others gave an OME-Zarr image, or none. */
    public ImageMetadata withAttributes(Optional<ForeignAttributes> newAttributes) {
        return new ImageMetadata(
                name, pixelType, dimensions, frame, channelNames, omero, labels, header, newAttributes);
    }

    /**
     * The metadata of an image with other values in the same place: without display windows, which were the old values',
     * and without what a header says of values; of attributes nobody knows whether they hold.
     */
    public ImageMetadata withOtherValues() {
        boolean windows = omero.isPresent() && omero.get().path("channels").findParent("window") != null;
        ImageMetadata other = windows ? withChannels(channelNames, omero.map(ImageMetadata::withoutWindows)) : this;
        other = header.isEmpty() ? other : other.withHeader(header.map(HeaderFields::withOtherValues));
        return attributes.isEmpty() ? other : other.withAttributes(attributes.map(ForeignAttributes::withOtherValues));
    }

    /** As {@link #withOtherValues()}, of a type: values that were computed, and so no labels. */
    public ImageMetadata withOtherValues(PixelType type) {
        return withOtherValues().withPixelType(type).withLabels(false);
    }

    private static JsonNode withoutWindows(JsonNode omero) {
        JsonNode copy = omero.deepCopy();
        for (JsonNode channel : copy.path("channels")) {
            if (channel instanceof ObjectNode object) {
                object.remove("window");
            }
        }
        return copy;
    }

    /** The same, its voxels being labels, or not. */
    public ImageMetadata withLabels(boolean newLabels) {
        return new ImageMetadata(
                name, pixelType, dimensions, frame, channelNames, omero, newLabels, header, attributes);
    }

    /**
     * The metadata of this image sampled anew: voxel i of the result lies where voxel {@code scale·i + shift} of this
     * image does, per axis in the image's order. Channel metadata is kept, so the channel axis must keep its length.
     *
     * @param shape of the result
     */
    public ImageMetadata resampled(long[] shape, double[] scale, double[] shift) {
        List<Dimension> resampled = new ArrayList<>();
        double[] scaleXyz = {1, 1, 1};
        double[] shiftXyz = {0, 0, 0};
        for (int d = 0; d < dimensions.size(); d++) {
            Dimension dimension = dimensions.get(d);
            resampled.add(dimension.resampled(shape[d], scale[d], shift[d]));
            if (dimension.axis().isSpatial()) {
                int column = Axis.X.ordinal() - dimension.axis().ordinal();
                scaleXyz[column] = scale[d];
                shiftXyz[column] = shift[d];
            }
        }
        return new ImageMetadata(
                name,
                pixelType,
                resampled,
                frame.map(known -> known.resampled(scaleXyz, shiftXyz)),
                channelNames,
                omero.map(shown -> shownFirst(shown, shape, scale, shift)),
                labels,
                holding(resampled),
                attributesOf(resampled));
    }

    /** The slice to be shown first is the one that lies where that of before did. */
    private JsonNode shownFirst(JsonNode shown, long[] shape, double[] scale, double[] shift) {
        int z = indexOf(Axis.Z);
        JsonNode first = shown.path("rdefs").path(FIRST_SLICE);
        if (z < 0 || !first.isNumber() || scale[z] == 1 && shift[z] == 0) {
            return shown;
        }
        double position = Math.rint((first.asDouble() - shift[z]) / scale[z]);
        JsonNode copy = shown.deepCopy();
        ((ObjectNode) copy.path("rdefs")).put(FIRST_SLICE, (long) Math.max(-1, Math.min(shape[z], position)));
        return copy;
    }

    private Optional<HeaderFields> holding(List<Dimension> newDimensions) {
        return header.map(fields -> fields.between(dimensions, newDimensions));
    }

    private Optional<ForeignAttributes> attributesOf(List<Dimension> newDimensions) {
        return attributes.map(others -> others.between(dimensions, newDimensions));
    }

    /** The metadata of this image downsampled by block means; factors of at least 1 per axis, in the image's order. */
    public ImageMetadata downsampled(int[] factors) {
        int axes = dimensions.size();
        long[] shape = new long[axes];
        double[] scale = new double[axes];
        double[] shift = new double[axes];
        for (int d = 0; d < axes; d++) {
            shape[d] = Grid.covering(dimensions.get(d).length(), factors[d]);
            scale[d] = factors[d];
            shift[d] = (factors[d] - 1) / 2.0;
        }
        return resampled(shape, scale, shift);
    }
}
