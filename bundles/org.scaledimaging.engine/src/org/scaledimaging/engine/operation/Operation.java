package org.scaledimaging.engine.operation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.segmentation.OtsuOptions;

/**
 * One step of a recipe: what is done, not how it is stored or run, which {@link OperationKind} says. Immutable.
 */
public sealed interface Operation {

    /** The values that a step's plugin has for its parameters, by name; none for a step without a plugin. */
    default Map<String, Object> parameters() {
        return Map.of();
    }

    /** Takes one resolution of the image's pyramid; 0 is the full one. Only as the first step. */
    record Level(int level) implements Operation {}

    /** Takes one channel or time point; the axis stays, with length 1. */
    record Select(Axis axis, long index) implements Operation {}

    /**
     * Takes a box of voxels.
     *
     * @param min first voxel, per spatial axis in the image's order
     * @param max one past the last voxel, likewise
     */
    record Crop(List<Long> min, List<Long> max) implements Operation {
        /** Coordinates this near to a voxel's centre, in voxels, are taken for it. */
        private static final double ROUNDING = 1e-6;

        public Crop {
            min = List.copyOf(min);
            max = List.copyOf(max);
        }

        /**
         * The voxels whose centres lie from {@code min} up to but not at {@code max}, as far as an image goes.
         *
         * @param min coordinates along the image's own axes, per spatial axis in the image's order
         * @param max likewise
         * @throws ParameterException when there are none
         */
        public static Crop physical(ImageMetadata image, List<Double> min, List<Double> max) throws ParameterException {
            List<Double> from = SpatialAxes.each(Setting.CROP_FROM, min, image, 0.0);
            List<Double> to = SpatialAxes.each(Setting.CROP_TO, max, image, 0.0);
            List<Long> first = new ArrayList<>();
            List<Long> end = new ArrayList<>();
            for (int d = 0; d < from.size(); d++) {
                Dimension dimension = image.dimensions().get(d);
                if (dimension.axis().isSpatial()) {
                    long low = Math.max(0, voxelFrom(dimension, from.get(d)));
                    long high = Math.min(dimension.length(), voxelFrom(dimension, to.get(d)));
                    if (low >= high) {
                        throw new ParameterException(
                                Setting.CROP_FROM + " and " + Setting.CROP_TO + " along "
                                        + dimension.axis().symbol(),
                                from.get(d) + " to " + to.get(d),
                                "a range that holds the centre of a voxel; these lie from " + dimension.origin()
                                        + " to "
                                        + (dimension.origin() + (dimension.length() - 1) * dimension.voxelSize()));
                    }
                    first.add(low);
                    end.add(high);
                }
            }
            return new Crop(first, end);
        }

        /** The first voxel whose centre is at a coordinate or beyond, give or take the rounding of coordinates. */
        private static long voxelFrom(Dimension dimension, double coordinate) {
            double voxel = (coordinate - dimension.origin()) / dimension.voxelSize();
            return (long) Math.ceil(voxel - ROUNDING);
        }
    }

    /**
     * Downsamples by block means.
     *
     * @param factors one for all spatial axes, or one per spatial axis in the image's order
     */
    record Downsample(List<Integer> factors) implements Operation {
        public Downsample {
            factors = List.copyOf(factors);
        }
    }

    /**
     * Upsamples linearly by whole factors.
     *
     * @param factors one for all spatial axes, or one per spatial axis in the image's order
     */
    record Upsample(List<Integer> factors) implements Operation {
        public Upsample {
            factors = List.copyOf(factors);
        }
    }

    /**
     * Upsamples linearly to a shape.
     *
     * @param shape per spatial axis in the image's order
     */
    record UpsampleTo(List<Long> shape) implements Operation {
        public UpsampleTo {
            shape = List.copyOf(shape);
        }
    }

    /** Converts to another pixel type: rounded to the nearest and clamped. */
    record Convert(PixelType type) implements Operation {}

    /** Labels voxels by Otsu's thresholds. */
    record SegmentOtsu(OtsuOptions options) implements Operation {}

    /**
     * Labels voxels by given thresholds.
     *
     * @param values ascending
     * @param inclusive whether voxels equal to a value count as above it
     */
    record SegmentThreshold(List<Double> values, boolean inclusive) implements Operation {
        public SegmentThreshold {
            values = List.copyOf(values);
        }
    }

    /**
     * Labels voxels by a segmentation plugin.
     *
     * @param plugin id
     * @param parameters by name; those not named are as before the plugin had them, else their defaults
     */
    record Segment(String plugin, Map<String, Object> parameters) implements Operation {
        public Segment {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * Runs a plugin: its low-resolution step on the downsampled image, its full-resolution step on each block.
     *
     * @param plugin id
     * @param parameters by name; those not named are as before the plugin had them, else their defaults
     * @param downsampleFactor as {@link org.scaledimaging.engine.scaled.ScaledProcessingOptions} has it
     * @param estimate file with what the low-resolution step yielded, where that is kept
     * @param told what the low-resolution step told when it was run, a sentence each, for people: how far it got, how far
     *     the field goes
     */
    record Process(
            String plugin,
            Map<String, Object> parameters,
            List<Integer> downsampleFactor,
            Optional<Path> estimate,
            List<String> told)
            implements Operation {
        public Process {
            parameters = Map.copyOf(parameters);
            downsampleFactor = List.copyOf(downsampleFactor);
            told = List.copyOf(told);
        }

        /** Without a kept estimate, nor anything told. */
        public Process(String plugin, Map<String, Object> parameters, List<Integer> downsampleFactor) {
            this(plugin, parameters, downsampleFactor, Optional.empty(), List.of());
        }

        /** The same with its estimate in a file. */
        public Process withEstimate(Optional<Path> file) {
            return new Process(plugin, parameters, downsampleFactor, file, told);
        }

        /** The same, with what was told. */
        public Process withTold(List<String> sentences) {
            return new Process(plugin, parameters, downsampleFactor, estimate, sentences);
        }
    }

    /** Takes the field that a plugin estimates instead of the image it is applied to. */
    record TakeField(Process of) implements Operation {
        @Override
        public Map<String, Object> parameters() {
            return of.parameters();
        }
    }
}
