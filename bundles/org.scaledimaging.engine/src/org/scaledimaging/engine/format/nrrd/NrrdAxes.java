package org.scaledimaging.engine.format.nrrd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.raw.TextHeader;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The axes of a header. Those with directions in space, or without directions those of kind domain or space, are x, y
 * and z; one of kind time is t, and what else there is, vectors, colours and lists, c.
 */
final class NrrdAxes {
    private static final Axis[] SPACE = {Axis.X, Axis.Y, Axis.Z};
    private static final int MOST_AXES = 5;

    private final NrrdHeader header;
    private final int count;
    private final List<Optional<double[]>> directions;
    private final Axis[] axes;

    private NrrdAxes(NrrdHeader header, int count) throws ImageFormatException {
        this.header = header;
        this.count = count;
        List<Optional<double[]>> told = header.vectors("spacedirections", count);
        this.directions = told.stream().anyMatch(Optional::isPresent) ? told : List.of(); // teem writes "none" for each
        this.axes = axes();
    }

    static ImageMetadata metadata(NrrdHeader header) throws ImageFormatException {
        PixelType type = header.type();
        String sizes = header.need("sizes");
        long[] lengths = TextHeader.lengths(header.file(), "sizes", sizes, type.bytes());
        if (lengths.length != header.whole(lengths.length, "dimension")
                || lengths.length < 2
                || lengths.length > MOST_AXES) {
            throw new ImageFormatException(
                    header.file(), "sizes " + sizes + " and dimension " + header.need("dimension"), "2 to 5 axes");
        }
        NrrdAxes axes = new NrrdAxes(header, lengths.length);
        Optional<Affine> affine = axes.affine();
        Optional<WorldFrame> frame = axes.signs() == null ? Optional.empty() : affine.map(WorldFrame::of);
        List<Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < lengths.length; d++) {
            dimensions.add(axes.dimension(d, lengths[d], affine));
        }
        Collections.reverse(dimensions);
        String name = header.file().getFileName().toString().replaceFirst("(?i)\\.(nrrd|nhdr)$", "");
        return new ImageMetadata(name, type, dimensions, frame, List.of(), Optional.empty());
    }

    private Axis[] axes() throws ImageFormatException {
        List<String> kinds = header.texts("kinds", count);
        Axis[] result = new Axis[count];
        int space = 0;
        List<Axis> taken = new ArrayList<>();
        for (int d = 0; d < count; d++) {
            String kind = kinds.isEmpty() ? "" : kinds.get(d).toLowerCase(Locale.ROOT);
            boolean unknown = kind.isEmpty() || kind.equals("???") || kind.equals("none");
            boolean spatial = directions.isEmpty()
                    ? kind.equals("space") || kind.equals("domain") || unknown
                    : directions.get(d).isPresent();
            if (spatial && space < SPACE.length) {
                result[d] = SPACE[space++];
            } else if (kind.equals("time") || spatial || unknown && d > 0) {
                result[d] = taken.contains(Axis.T) ? Axis.C : Axis.T;
            } else {
                result[d] = Axis.C;
            }
            if (taken.contains(result[d])) {
                throw new ImageFormatException(
                        header.file(),
                        "axes of kinds " + header.get("kinds").orElse("that are not told"),
                        "at most three in space, one of time and one of channels");
            }
            taken.add(result[d]);
        }
        if (space < 2) {
            throw new ImageFormatException(header.file(), space + " axes in space", "2 or 3");
        }
        return result;
    }

    /** What turns the header's world into right, anterior, superior; null for a space that is not the body's. */
    private int[] signs() {
        return switch (header.get("space").orElse("").toLowerCase(Locale.ROOT).replaceFirst("-time$", "")) {
            case "right-anterior-superior", "ras", "rast" -> new int[] {1, 1, 1};
            case "left-anterior-superior", "las", "last" -> new int[] {-1, 1, 1};
            case "left-posterior-superior", "lps", "lpst" -> new int[] {-1, -1, 1};
            default -> null;
        };
    }

    /** From x, y, z to the header's world, or to right, anterior, superior; of axes in two dimensions nothing. */
    private Optional<Affine> affine() throws ImageFormatException {
        int[] signs = signs() == null ? new int[] {1, 1, 1} : signs();
        double[] matrix = new double[12];
        boolean any = false;
        for (int d = 0; d < count; d++) {
            if (directions.isEmpty() || directions.get(d).isEmpty() || !axes[d].isSpatial()) {
                continue;
            }
            double[] direction = directions.get(d).get();
            if (direction.length < 3) {
                return Optional.empty();
            }
            any = true;
            for (int row = 0; row < 3; row++) {
                matrix[4 * row + column(axes[d])] = signs[row] * direction[row] + 0.0;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        Optional<String> origin = header.get("spaceorigin");
        if (origin.isPresent()) {
            double[] place = TextHeader.numbers(
                    header.file(), "space origin", origin.get().replaceAll("[(),]", " "));
            for (int row = 0; row < 3 && place.length >= 3; row++) {
                matrix[4 * row + 3] = Double.isFinite(place[row]) ? signs[row] * place[row] + 0.0 : 0;
            }
        }
        if (matrix[2] == 0 && matrix[6] == 0 && matrix[10] == 0) {
            acrossPlane(matrix);
        }
        return Optional.of(Affine.of(matrix));
    }

    /** A plane in space: z leads out of it. */
    private static void acrossPlane(double[] m) {
        double[] normal = {m[4] * m[9] - m[8] * m[5], m[8] * m[1] - m[0] * m[9], m[0] * m[5] - m[4] * m[1]};
        double norm = Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
        for (int row = 0; row < 3 && norm > 0; row++) {
            m[4 * row + 2] = normal[row] / norm + 0.0;
        }
    }

    private static int column(Axis axis) {
        return Axis.X.ordinal() - axis.ordinal();
    }

    private Dimension dimension(int d, long length, Optional<Affine> affine) throws ImageFormatException {
        if (affine.isPresent() && axes[d].isSpatial()) {
            return Dimension.of(axes[d], length, affine.get(), spaceUnit());
        }
        double size = 1;
        double origin = 0;
        if (!directions.isEmpty() && directions.get(d).isPresent()) {
            size = 0;
            for (double value : directions.get(d).get()) {
                size = Math.hypot(size, value);
            }
            origin = originAlong(directions.get(d).get(), size);
        }
        Optional<String> spacings = header.get("spacings");
        if (spacings.isPresent()) {
            double[] values = TextHeader.numbers(header.file(), "spacings", spacings.get());
            size = values.length == count && Double.isFinite(values[d]) ? Math.abs(values[d]) : size;
        }
        List<String> units = header.texts("units", count);
        String unit = units.isEmpty() ? "" : PhysicalUnit.named(units.get(d));
        boolean known = size > 0 && Double.isFinite(size) && axes[d] != Axis.C;
        return new Dimension(
                axes[d], length, known ? size : 1, unit.isEmpty() && axes[d].isSpatial() ? spaceUnit() : unit, origin);
    }

    private double originAlong(double[] direction, double size) throws ImageFormatException {
        String text = header.get("spaceorigin").orElse("").replaceAll("[(),]", " ");
        if (text.isBlank() || !(size > 0)) {
            return 0;
        }
        double[] place = TextHeader.numbers(header.file(), "space origin", text);
        double along = 0;
        for (int row = 0; row < Math.min(place.length, direction.length); row++) {
            along += place[row] * direction[row] / size;
        }
        return Double.isFinite(along) ? along : 0;
    }

    /** The body's spaces are in millimetres where nothing else is said, as ITK takes them. */
    private String spaceUnit() {
        String text = header.get("spaceunits").orElse("");
        String first = text.replaceFirst("^\"([^\"]*)\".*", "$1");
        String unit = PhysicalUnit.named(first.equals(text) ? text.replaceFirst("\\s.*", "") : first);
        return unit.isEmpty() && text.isEmpty() && signs() != null ? "millimeter" : unit;
    }
}
