package org.scaledimaging.engine.picture.plane;

import java.math.BigDecimal;
import java.util.Optional;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;

/**
 * The orientation of a plane that is shown. Of an image that says how it lies in the world: superior, or else anterior,
 * at the top, and right, or else anterior, to the right. Of others as the image lies in the file, x to the right and y
 * or z downward.
 */
public final class PlaneOrientation {
    /** A direction has a letter up to 45° from the world's axis: the letters beside it are no nearer. */
    private static final double NEAR = Math.sqrt(0.5) - 1e-6;

    private static final String UPWARD = "SAR";
    private static final String OPPOSITE = "RLAPSI";

    private PlaneOrientation() {}

    /** @param normal the spatial axis that the plane lies across */
    public static PlaneGeometry of(ImageMetadata metadata, Axis normal) {
        Axis across = normal == Axis.X ? Axis.Z : Axis.X;
        Axis down = normal == Axis.Y ? Axis.Z : Axis.Y;
        Optional<String> acrossLetter = letter(metadata, across);
        Optional<String> downLetter = letter(metadata, down);
        if (acrossLetter.isEmpty() || downLetter.isEmpty()) {
            return geometry(metadata, normal, across, down, false, false, Optional.empty());
        }
        if (rank(acrossLetter.get()) < rank(downLetter.get())) {
            Axis first = across;
            across = down;
            down = first;
            acrossLetter = letter(metadata, across);
            downLetter = letter(metadata, down);
        }
        boolean flippedAcross = !UPWARD.contains(acrossLetter.get());
        boolean flippedDown = UPWARD.contains(downLetter.get());
        String right = flippedAcross ? opposite(acrossLetter.get()) : acrossLetter.get();
        String top = flippedDown ? downLetter.get() : opposite(downLetter.get());
        Sides sides = new Sides(opposite(right), right, top, opposite(top));
        return geometry(metadata, normal, across, down, flippedAcross, flippedDown, Optional.of(sides));
    }

    private static PlaneGeometry geometry(
            ImageMetadata metadata,
            Axis normal,
            Axis across,
            Axis down,
            boolean flippedAcross,
            boolean flippedDown,
            Optional<Sides> sides) {
        Dimension columns = metadata.dimensions().get(metadata.indexOf(across));
        Dimension rows = metadata.dimensions().get(metadata.indexOf(down));
        double pixelHeight = rows.voxelSize();
        String unit = columns.unit();
        if (!unit.equals(rows.unit())) {
            Optional<BigDecimal> columnMeters = PhysicalUnit.inMeters(columns.unit());
            Optional<BigDecimal> rowMeters = PhysicalUnit.inMeters(rows.unit());
            if (columnMeters.isPresent() && rowMeters.isPresent()) {
                pixelHeight *=
                        rowMeters.get().doubleValue() / columnMeters.get().doubleValue();
            } else {
                unit = "";
            }
        }
        return new PlaneGeometry(
                normal, across, down, flippedAcross, flippedDown, columns.voxelSize(), pixelHeight, unit, sides);
    }

    /** Where an axis increases, if that is known and near to one of the world's axes. */
    private static Optional<String> letter(ImageMetadata metadata, Axis axis) {
        if (metadata.frame().isEmpty()) {
            return Optional.empty();
        }
        Affine affine = metadata.frame().get().affine();
        int column = Axis.X.ordinal() - axis.ordinal();
        String letter = affine.direction(column);
        double size = affine.voxelSize(column);
        double along = Math.abs(affine.get(OPPOSITE.indexOf(letter) / 2, column));
        return size > 0 && along / size >= NEAR ? Optional.of(letter) : Optional.empty();
    }

    private static String opposite(String letter) {
        int index = OPPOSITE.indexOf(letter);
        return OPPOSITE.substring(index ^ 1, (index ^ 1) + 1);
    }

    /** Which of two axes is the upright one: of superior, then of anterior, the lower number. */
    private static int rank(String letter) {
        return UPWARD.contains(letter) ? UPWARD.indexOf(letter) : UPWARD.indexOf(opposite(letter));
    }
}
