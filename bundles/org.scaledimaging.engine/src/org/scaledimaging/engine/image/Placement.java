package org.scaledimaging.engine.image;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/**
 * The place of an image's voxels: by its frame, or, of an image without orientation, by voxel sizes and origins along
 * its own axes.
 *
 * @param name of the image, for messages
 * @param lengths in voxels along x, y, z; 1 along an axis that the image does not have
 * @param toWorld from voxel indices (x, y, z) to millimetres, or to the unit of an image whose unit is no known length
 * @param oriented whether there is a frame, so that world coordinates mean the same for all oriented images
 * @param unit what coordinates are shown in: {@code mm}, or nothing where the unit is not known
 */
public record Placement(String name, long[] lengths, Affine toWorld, boolean oriented, String unit) {
    private static final MathContext SHOWN = new MathContext(6);

    /**
     * @param name of the image, for messages
     * @param unknown how many millimetres one is along x, y and z in an image that does not say so
     */
    public static Placement of(String name, ImageMetadata metadata, double[] unknown) {
        long[] lengths = {1, 1, 1};
        double[] millimeters = {1, 1, 1};
        double[] plain = new double[12];
        boolean known = false;
        for (int column = 0; column < 3; column++) {
            int d = metadata.indexOf(axis(column));
            plain[5 * column] = 1;
            if (d >= 0) {
                Dimension dimension = metadata.dimensions().get(d);
                OptionalDouble length = PhysicalUnit.inMillimeters(dimension.unit());
                known |= length.isPresent();
                lengths[column] = dimension.length();
                millimeters[column] = length.orElse(unknown[column]);
                plain[5 * column] = dimension.voxelSize() * millimeters[column];
                plain[4 * column + 3] = dimension.origin() * millimeters[column];
            }
        }
        String unit = known ? "mm" : "";
        if (metadata.frame().isPresent()) {
            Affine inUnit = withEveryAxis(metadata.frame().get().affine(), metadata);
            Affine world = inMillimeters(inUnit, millimeters);
            if (Math.abs(determinant(world)) > 0 && Double.isFinite(determinant(world))) {
                return new Placement(name, lengths, world, true, unit);
            }
        }
        return new Placement(name, lengths, Affine.of(plain), false, unit);
    }

    /** The axis that a column of an affine is about. */
    public static Axis axis(int column) {
        return Axis.values()[Axis.X.ordinal() - column];
    }

    /** A plane has no third axis, and its affine perhaps a column of zeros for it: any direction out of the plane does. */
    private static Affine withEveryAxis(Affine affine, ImageMetadata metadata) {
        if (metadata.indexOf(Axis.Z) >= 0 || affine.voxelSize(2) > 0) {
            return affine;
        }
        double[] m = affine.toArray();
        for (int row = 0; row < 3; row++) {
            int a = (row + 1) % 3;
            int b = (row + 2) % 3;
            m[4 * row + 2] = m[4 * a] * m[4 * b + 1] - m[4 * b] * m[4 * a + 1];
        }
        return Affine.of(m);
    }

    /** Each world axis is in the unit of the image's axis that is nearest to it. */
    private static Affine inMillimeters(Affine affine, double[] millimeters) {
        double[] m = affine.toArray();
        for (int row = 0; row < 3; row++) {
            int nearest = 0;
            for (int column = 1; column < 3; column++) {
                nearest = Math.abs(affine.get(row, column)) > Math.abs(affine.get(row, nearest)) ? column : nearest;
            }
            for (int column = 0; column < 4; column++) {
                m[4 * row + column] *= millimeters[nearest];
            }
        }
        return Affine.of(m);
    }

    private static double determinant(Affine a) {
        double determinant = 0;
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            int k = (i + 2) % 3;
            determinant += a.get(0, i) * (a.get(1, j) * a.get(2, k) - a.get(1, k) * a.get(2, j));
        }
        return determinant;
    }

    /** From voxel indices of another image, through the world, to those of this one. */
    public Affine fromVoxelsOf(Placement other) {
        double determinant = determinant(toWorld);
        double[] result = new double[12];
        for (int row = 0; row < 3; row++) {
            double[] inverse = new double[3];
            for (int column = 0; column < 3; column++) {
                int r1 = (column + 1) % 3;
                int r2 = (column + 2) % 3;
                int c1 = (row + 1) % 3;
                int c2 = (row + 2) % 3;
                inverse[column] =
                        (toWorld.get(r1, c1) * toWorld.get(r2, c2) - toWorld.get(r1, c2) * toWorld.get(r2, c1))
                                / determinant;
            }
            for (int column = 0; column < 4; column++) {
                for (int i = 0; i < 3; i++) {
                    double world = other.toWorld.get(i, column) - (column == 3 ? toWorld.get(i, 3) : 0);
                    result[4 * row + column] += inverse[i] * world;
                }
            }
        }
        return Affine.of(result);
    }

    /** How long the image is along one of its own axes, in its unit; 0 for x, 1 for y, 2 for z. */
    public double extent(int column) {
        return lengths[column] * toWorld.voxelSize(column);
    }

    /** The box that the image lies in, for messages, as in {@code x -5 to 315, y 0 to 20, z 3 to 9 mm}. */
    public String where() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 3; row++) {
            double low = toWorld.get(row, 3);
            double high = low;
            for (int column = 0; column < 3; column++) {
                double first = -0.5 * toWorld.get(row, column);
                double last = (lengths[column] - 0.5) * toWorld.get(row, column);
                low += Math.min(first, last);
                high += Math.max(first, last);
            }
            text.append(row == 0 ? "" : ", ").append("xyz".charAt(row)).append(' ');
            text.append(shown(low)).append(" to ").append(shown(high));
        }
        return text.append(unit.isEmpty() ? "" : " " + unit).toString();
    }

    private static String shown(double number) {
        BigDecimal rounded = new BigDecimal(number).round(SHOWN).stripTrailingZeros();
        return Math.abs(number) < 1e-9 ? "0" : rounded.toPlainString();
    }
}
