package org.scaledimaging.engine.align;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.image.Placement;
import org.scaledimaging.engine.message.ParameterException;

/** Finds how an image that is given as a parameter lies over the one that is processed. */
final class GridMatching {
    /** From here on another size is a mistake in a unit, not in a header's digits. */
    private static final double WRONG_UNIT = 10;

    private final String setting;
    private final ImageMetadata givenMetadata;
    private final ImageMetadata imageMetadata;
    private final ImageMetadata low;
    private final int[] factors;
    private final Placement image;
    private final Placement given;
    private final SizeComparison sizes;
    private final List<Notice> notices = new ArrayList<>();

    /**
     * @param image that is processed, one volume of it, at full resolution
     * @param low the same at low resolution
     * @param factors how many voxels of the one make one of the other, per axis
     */
    GridMatching(
            String setting, String name, ImageMetadata given, ImageMetadata image, ImageMetadata low, int[] factors)
            throws ParameterException {
        this.setting = setting;
        this.givenMetadata = given;
        this.imageMetadata = image;
        this.low = low;
        this.factors = factors;
        this.image = Placement.of(imageMetadata.name(), imageMetadata, unknown(given));
        this.given = Placement.of(name, given, unknown(imageMetadata));
        this.sizes = new SizeComparison(imageMetadata, given, factors);
        checkUnits();
    }

    /** An image that names no unit is taken to have the other's. */
    private static double[] unknown(ImageMetadata other) {
        double[] millimeters = {1, 1, 1};
        for (int column = 0; column < 3; column++) {
            int d = other.indexOf(Placement.axis(column));
            if (d >= 0) {
                millimeters[column] = PhysicalUnit.inMillimeters(
                                other.dimensions().get(d).unit())
                        .orElse(1);
            }
        }
        return millimeters;
    }

    private void checkUnits() throws ParameterException {
        for (Dimension mine : imageMetadata.dimensions()) {
            Dimension other = givenMetadata.dimensions().get(givenMetadata.indexOf(mine.axis()));
            boolean comparable = mine.unit().isEmpty()
                    || other.unit().isEmpty()
                    || mine.unit().equals(other.unit())
                    || millimeters(mine).isPresent() && millimeters(other).isPresent();
            if (!comparable) {
                throw new ParameterException(
                        setting,
                        given.name() + " with the unit " + other.unit() + " along "
                                + mine.axis().symbol(),
                        "a unit that compares with " + mine.unit() + ", that of " + image.name());
            }
        }
    }

    private static OptionalDouble millimeters(Dimension dimension) {
        return PhysicalUnit.inMillimeters(dimension.unit());
    }

    GridMatch match() throws ParameterException {
        if (image.oriented() && given.oriented()) {
            return byPlace();
        }
        if (image.oriented() || given.oriented()) {
            Placement without = image.oriented() ? given : image;
            notices.add(Notice.warning(setting + ": " + without.name()
                    + " does not say how it lies in the world, so " + given.name() + " was laid over "
                    + image.name()
                    + " voxel by voxel; check that both are stored in the same orientation."));
            return byIndex();
        }
        return isPlaced() ? byPlace() : byIndex();
    }

    private GridMatch byPlace() throws ParameterException {
        Affine map = given.fromVoxelsOf(image);
        PlaceComparison places = new PlaceComparison(setting, imageMetadata, image, given);
        places.checkScale(map).ifPresent(notices::add);
        if (places.sameGridElsewhere(map)) {
            throw GridMatch.elsewhere(setting, image, given);
        }
        return matched(map, false);
    }

    /** Without orientation, origins tell where an image lies if there are any, and only if lengths can be compared. */
    private boolean isPlaced() {
        boolean origin = false;
        boolean known = true;
        boolean sameSize = true;
        for (int d = 0; d < imageMetadata.dimensions().size(); d++) {
            Dimension mine = imageMetadata.dimensions().get(d);
            Dimension other = other(mine);
            origin |= mine.origin() != 0 || other.origin() != 0;
            known &= millimeters(mine).isPresent() && millimeters(other).isPresent();
            sameSize &= sizes.isSame(d);
        }
        boolean bothTell = tells(imageMetadata) && tells(givenMetadata);
        return origin && known && (!sameSize || bothTell);
    }

    private static boolean tells(ImageMetadata metadata) {
        return metadata.dimensions().stream()
                .anyMatch(dimension -> dimension.axis().isSpatial() && dimension.origin() != 0);
    }

    private GridMatch byIndex() throws ParameterException {
        double[] matrix = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
        boolean full = hasShape(imageMetadata);
        boolean onLow = hasShape(low);
        for (int d = 0; d < imageMetadata.dimensions().size(); d++) {
            Dimension mine = imageMetadata.dimensions().get(d);
            Dimension other = other(mine);
            double scale = full ? 1 : onLow ? 1.0 / factors[d] : ratio(d);
            int column = column(mine);
            matrix[5 * column] = scale;
            matrix[4 * column + 3] = (scale - 1) / 2;
        }
        if (full || onLow) {
            checkStatedSizes(full ? imageMetadata : low);
        }
        if (!image.oriented() && !given.oriented() && tells(imageMetadata) != tells(givenMetadata)) {
            sayPlaces();
        }
        return matched(Affine.of(matrix), true);
    }

    /** One is at the origin, perhaps only for want of a place to write where it is; the other is not. */
    private void sayPlaces() {
        Affine map = given.fromVoxelsOf(image);
        for (int d = 0; d < factors.length; d++) {
            int column = column(imageMetadata.dimensions().get(d));
            boolean apart = Math.abs(map.get(column, 3) - (map.get(column, column) - 1) / 2)
                    > Math.max(1, map.get(column, column) * factors[d]);
            if (apart) {
                notices.add(Notice.warning(setting + ": " + given.name()
                        + " has the size of " + image.name()
                        + " and was laid over it voxel by voxel, though it lies at "
                        + given.where() + " and the other at " + image.where() + "."));
                return;
            }
        }
    }

    /** Of an image with the right shape: headers with another voxel size are common, with another unit they are wrong. */
    private void checkStatedSizes(ImageMetadata sameShape) throws ParameterException {
        double most = 1;
        for (Dimension mine : sameShape.dimensions()) {
            Dimension other = other(mine);
            OptionalDouble a = millimeters(mine);
            OptionalDouble b = millimeters(other);
            if (a.isPresent() && b.isPresent()) {
                double ratio = mine.voxelSize() * a.getAsDouble() / (other.voxelSize() * b.getAsDouble());
                most = Math.max(most, Math.max(ratio, 1 / ratio));
            }
        }
        if (most >= WRONG_UNIT * (1 - 1e-3)) {
            throw new ParameterException(
                    setting,
                    given.name() + ", which lies at " + given.where(),
                    "an image of the size of " + image.name() + ", which lies at " + image.where());
        }
        if (most > 1.01) {
            notices.add(Notice.warning(setting + ": " + given.name() + " has the shape of " + image.name()
                    + " and was laid over it voxel by voxel, though its voxels are of another size."));
        }
    }

    private boolean hasShape(ImageMetadata image) {
        return image.dimensions().stream()
                .allMatch(dimension -> other(dimension).length() == dimension.length());
    }

    private Dimension other(Dimension mine) {
        return givenMetadata.dimensions().get(givenMetadata.indexOf(mine.axis()));
    }

    /** How many voxels of the given image one of the full resolution is. */
    private double ratio(int d) throws ParameterException {
        Dimension mine = imageMetadata.dimensions().get(d);
        Dimension other = other(mine);
        if (!sizes.isSame(d)) {
            throw new ParameterException(
                    setting,
                    given.name() + " with " + size(other),
                    "the field of view of " + image.name() + ", " + size(mine)
                            + ", or an image that says where it lies");
        }
        if (millimeters(mine).isPresent() && millimeters(other).isPresent()) {
            return mine.voxelSize()
                    * millimeters(mine).getAsDouble()
                    / (other.voxelSize() * millimeters(other).getAsDouble());
        }
        long whole = Math.round((double) mine.length() / other.length());
        return whole >= 1 ? 1.0 / whole : (double) other.length() / mine.length();
    }

    private static String size(Dimension dimension) {
        String voxels = dimension.length() + " voxels along " + dimension.axis().symbol();
        return dimension.unit().isEmpty()
                ? voxels
                : voxels + " (" + (float) (dimension.length() * dimension.voxelSize()) + " " + dimension.unit() + ")";
    }

    /** Of an axis in the columns of an affine map: x, y, z. */
    static int column(Dimension dimension) {
        return Axis.X.ordinal() - dimension.axis().ordinal();
    }

    /** The map of the axes that there are, in the image's order. */
    private GridMatch matched(Affine map, boolean clamp) {
        int n = imageMetadata.dimensions().size();
        double[][] linear = new double[n][n];
        double[] offset = new double[n];
        for (int r = 0; r < n; r++) {
            int row = column(imageMetadata.dimensions().get(r));
            offset[r] = map.get(row, 3);
            for (int c = 0; c < n; c++) {
                linear[r][c] = map.get(row, column(imageMetadata.dimensions().get(c)));
            }
        }
        return new GridMatch(new VoxelMap(linear, offset), clamp, image, given, List.copyOf(notices));
    }
}
