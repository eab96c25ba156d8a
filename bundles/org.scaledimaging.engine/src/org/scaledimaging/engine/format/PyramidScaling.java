package org.scaledimaging.engine.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/**
 * The factors by which voxels grow from each level of a pyramid to the next coarser one.
 *
 * @param kind the rule
 * @param steps for {@link Kind#GIVEN}: from each level to the next, by how much along each spatial axis; axes that are not
 *     named stay
 */
public record PyramidScaling(Kind kind, List<Map<Axis, Integer>> steps) {
    /** The rules that users name. */
    public static final List<String> NAMES =
            List.of(isotropic().label(), halving().label(), source().label());

    private static final int MOST = 64;
    private static final double ROUNDING = 1e-3;

    public PyramidScaling {
        steps = steps.stream().map(Map::copyOf).toList();
    }

    /** The rules. */
    public enum Kind {
        /**
         * Towards voxels as long as they are wide: twice as long along those axes where they are shorter than √2 times the
         * shortest. Axes of length 1 have no say. Where units do not compare, voxels count as equally long along all axes.
         */
        ISOTROPIC,
        /** Twice as long along each spatial axis longer than 1. */
        HALVING,
        /** As in the pyramid of the image that everything is made of. */
        SOURCE,
        /** By given numbers. */
        GIVEN
    }

    /** Towards equal voxel sizes. */
    public static PyramidScaling isotropic() {
        return new PyramidScaling(Kind.ISOTROPIC, List.of());
    }

    /** Half as many voxels along each spatial axis. */
    public static PyramidScaling halving() {
        return new PyramidScaling(Kind.HALVING, List.of());
    }

    /** As the source's own levels. */
    public static PyramidScaling source() {
        return new PyramidScaling(Kind.SOURCE, List.of());
    }

    /** @param steps from each level to the next coarser one, whole numbers from 1 to 64 per spatial axis */
    public static PyramidScaling given(List<Map<Axis, Integer>> steps) {
        return new PyramidScaling(Kind.GIVEN, steps);
    }

    /** By name: isotropic, halving or source. */
    public static Optional<PyramidScaling> parse(String name) {
        return List.of(isotropic(), halving(), source()).stream()
                .filter(scaling -> scaling.label().equals(name))
                .findFirst();
    }

    /** The rule's name. */
    public String label() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What {@link Kind#SOURCE} means for an image; others stay as they are.
     *
     * @param levels of the source, finest first
     * @throws ParameterException when it has one only, or voxels do not grow by whole numbers
     */
    public PyramidScaling resolved(List<ImageSource> levels) throws ParameterException {
        if (kind != Kind.SOURCE) {
            return this;
        }
        if (levels.size() < 2) {
            throw new ParameterException(
                    Setting.PYRAMID,
                    "source, but no pyramid in " + levels.get(0).metadata().name(),
                    "isotropic or halving");
        }
        List<Map<Axis, Integer>> found = new ArrayList<>();
        for (int level = 1; level < levels.size(); level++) {
            Map<Axis, Integer> step = new EnumMap<>(Axis.class);
            List<Dimension> finer = levels.get(level - 1).metadata().dimensions();
            List<Dimension> coarser = levels.get(level).metadata().dimensions();
            for (int d = 0; d < finer.size(); d++) {
                double ratio = coarser.get(d).voxelSize() / finer.get(d).voxelSize();
                long factor = Math.round(ratio);
                if (finer.get(d).axis().isSpatial()) {
                    if (factor < 1 || factor > MOST || Math.abs(ratio - factor) > ROUNDING * factor) {
                        throw new ParameterException(
                                Setting.PYRAMID,
                                "source, whose voxels grow " + (float) ratio + " times along "
                                        + finer.get(d).axis().symbol() + " at level " + level,
                                "a source with whole factors up to " + MOST + ", or isotropic or halving");
                    }
                    step.put(finer.get(d).axis(), (int) factor);
                }
            }
            found.add(step);
        }
        return given(found);
    }

    /**
     * From a level to the next coarser one: a factor per axis; all 1 where there is no coarser one.
     *
     * @param number of the level, 0 for the finest
     */
    public int[] step(ImageMetadata level, int number) {
        return switch (kind) {
            case ISOTROPIC, SOURCE -> isotropic(level);
            case HALVING -> doubled(level, new boolean[level.dimensions().size()]);
            case GIVEN -> given(level, number);
        };
    }

    private int[] given(ImageMetadata level, int number) {
        int[] factors = new int[level.dimensions().size()];
        Arrays.fill(factors, 1);
        for (int d = 0; d < factors.length && number < steps.size(); d++) {
            Dimension dimension = level.dimensions().get(d);
            boolean longer = dimension.axis().isSpatial() && dimension.length() > 1;
            factors[d] = longer ? steps.get(number).getOrDefault(dimension.axis(), 1) : 1;
        }
        return factors;
    }

    private static int[] isotropic(ImageMetadata level) {
        int axes = level.dimensions().size();
        double[] sizes = new double[axes];
        double shortest = Double.POSITIVE_INFINITY;
        for (int d = 0; d < axes; d++) {
            Dimension dimension = level.dimensions().get(d);
            sizes[d] = size(level, dimension);
            if (dimension.axis().isSpatial() && dimension.length() > 1) {
                shortest = Math.min(shortest, sizes[d]);
            }
        }
        boolean[] stays = new boolean[axes];
        for (int d = 0; d < axes; d++) {
            // Of √2 and more, doubling only the others brings both nearer to one another.
            stays[d] = sizes[d] * sizes[d] > 2 * shortest * shortest * (1 - 1e-9);
        }
        return doubled(level, stays);
    }

    /** Comparable between axes: the unit that all have, or millimetres; 1 where there is no such unit. */
    private static double size(ImageMetadata level, Dimension dimension) {
        List<Dimension> spatial = level.spatial();
        String unit = spatial.get(0).unit();
        if (spatial.stream().allMatch(other -> other.unit().equals(unit))) {
            return dimension.voxelSize();
        }
        OptionalDouble millimeters = PhysicalUnit.inMillimeters(dimension.unit());
        boolean comparable = spatial.stream()
                .allMatch(other -> PhysicalUnit.inMillimeters(other.unit()).isPresent());
        return comparable && millimeters.isPresent() ? dimension.voxelSize() * millimeters.getAsDouble() : 1;
    }

    private static int[] doubled(ImageMetadata level, boolean[] stays) {
        int[] factors = new int[stays.length];
        for (int d = 0; d < factors.length; d++) {
            Dimension dimension = level.dimensions().get(d);
            factors[d] = dimension.axis().isSpatial() && dimension.length() > 1 && !stays[d] ? 2 : 1;
        }
        return factors;
    }
}
