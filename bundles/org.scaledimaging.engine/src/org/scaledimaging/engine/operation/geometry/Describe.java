package org.scaledimaging.engine.operation.geometry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.view.DescribedSource;
import org.scaledimaging.engine.view.PagesSource;

/**
 * Takes an image for what is said of it, whatever it says itself. What is empty stays as it is.
 *
 * @param axes as in {@code tzyx}: a letter for each axis, in the order of the array
 * @param pages what pages are, as in {@code TZC=3,4,2}: the slowest varying first
 * @param voxelSize per spatial axis or one for all, with or without a unit, as in {@code 5,1.3,1.3um}
 * @param unit of voxel sizes along the spatial axes
 */
public record Describe(String axes, String pages, String voxelSize, String unit) implements OfPlaces {
    /** What {@code axes} means. */
    public static final String AXES_TEXT =
            "What the input's axes are, whatever it says itself: a letter of t, c, z, y, x"
                    + " for each, in the order of the array, as in tyx.";

    /** What {@code pages} means. */
    public static final String PAGES_TEXT =
            "What the input's pages are, slowest varying first, and how many there are of" + " each, as in TZC=3,4,2.";

    /** What {@code voxelSize} means. */
    public static final String VOXEL_SIZE_TEXT =
            "How large the input's voxels are, whatever it says itself: one number,"
                    + " or one for each axis in the order z,y,x, with or without a unit, as in 5,1.3,1.3um.";

    /** What {@code unit} means. */
    public static final String UNIT_TEXT =
            "The unit of the input's voxel sizes, whatever it says itself, as in um, mm or nanometer.";

    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
            Describe.class,
            "describe",
            "Takes an image for what is said of it, whatever it says itself.",
            List.of(
                    Parameter.text("axes", "", AXES_TEXT),
                    Parameter.text("pages", "", PAGES_TEXT),
                    Parameter.text("voxelSize", "", VOXEL_SIZE_TEXT),
                    Parameter.text("unit", "", UNIT_TEXT)),
            values -> new Describe(
                    values.text("axes"), values.text("pages"), values.text("voxelSize"), values.text("unit")));

    private static final Pattern PAGES = Pattern.compile("([tczTCZ]{1,3})\\s*=\\s*([0-9,xX× ]+)");
    private static final Pattern SIZES = Pattern.compile("([-+0-9.eE,xX× ]*[0-9.])\\s*([^0-9.,\\s][^,\\s]*)?");
    private static final String UNITS = "a unit of length, as in um, mm, nm or micrometer";

    /** Whether nothing is said. */
    public boolean isEmpty() {
        return axes.isBlank() && pages.isBlank() && voxelSize.isBlank() && unit.isBlank();
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("axes", axes);
        values.put("pages", pages);
        values.put("voxelSize", voxelSize);
        values.put("unit", unit);
        return values;
    }

    @Override
    public void check() throws ParameterException {
        axesSaid();
        if (!pages.isBlank()) {
            pagesSaid();
        }
        if (!voxelSize.isBlank()) {
            sizes(sizesSaid());
        }
        unitSaid();
        if (!axes.isBlank() && !pages.isBlank()) {
            throw new ParameterException(
                    Setting.PAGES, "it along with " + Setting.AXES, "one of them: both say what axes there are");
        }
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        check();
        ImageSource paged = pages.isBlank() ? image : paged(image);
        ImageMetadata metadata = axes.isBlank() ? paged.metadata() : withAxes(paged.metadata());
        Optional<String> named = unitSaid();
        if (named.isPresent()) {
            metadata = withUnit(metadata, named.get());
        }
        return DescribedSource.of(paged, voxelSize.isBlank() ? metadata : withSizes(metadata, named));
    }

    private ImageSource paged(ImageSource image) throws ParameterException {
        Matcher said = pagesSaid();
        List<Axis> order = axes(said.group(1));
        long[] lengths = lengths(said.group(2));
        long product = 1;
        for (long length : lengths) {
            product = (double) product * length > Integer.MAX_VALUE ? Integer.MAX_VALUE : product * length;
        }
        long found = PagesSource.pages(image.metadata(), order);
        if (product != found) {
            throw new ParameterException(
                    Setting.PAGES,
                    Given.shown(pages) + ", " + product + " pages",
                    "as many as " + image.metadata().name() + " has: " + found);
        }
        return PagesSource.of(image, order, lengths);
    }

    private Matcher pagesSaid() throws ParameterException {
        Matcher said = PAGES.matcher(pages.strip());
        if (!said.matches()
                || lengths(said.group(2)).length != axes(said.group(1)).size()) {
            throw new ParameterException(
                    Setting.PAGES, Given.shown(pages), "letters of t, c and z and a number for each, as in TZC=3,4,2");
        }
        return said;
    }

    private long[] lengths(String text) throws ParameterException {
        try {
            List<Long> lengths = NumberList.parse(text, Long::valueOf);
            if (lengths.stream().allMatch(length -> length > 0 && length < Integer.MAX_VALUE)) {
                return lengths.stream().mapToLong(Long::longValue).toArray();
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ParameterException(Setting.PAGES, Given.shown(pages), "whole numbers of at least 1, as in TZC=3,4,2");
    }

    /** The axes of letters; none twice. */
    private static List<Axis> axes(String letters) {
        return letters.chars()
                .mapToObj(letter -> Axis.ofSymbol(String.valueOf((char) letter)))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private List<Axis> axesSaid() throws ParameterException {
        String letters = axes.strip();
        List<Axis> said = axes(letters);
        if (!letters.isEmpty()
                && (said.size() != letters.length() || !said.contains(Axis.Y) || !said.contains(Axis.X))) {
            throw new ParameterException(
                    Setting.AXES, Given.shown(axes), "letters of t, c, z, y, x, each once, y and x among them");
        }
        return said;
    }

    private ImageMetadata withAxes(ImageMetadata image) throws ParameterException {
        List<Axis> said = axesSaid();
        if (said.size() != image.dimensions().size()) {
            throw new ParameterException(
                    Setting.AXES,
                    Given.shown(axes) + ", " + said.size() + " axes",
                    "one for each of the " + image.dimensions().size() + " of " + image.name() + ", " + image.axes()
                            + " as it says itself");
        }
        List<Dimension> dimensions = new ArrayList<>();
        boolean sameSpace = true;
        boolean sameChannels = true;
        for (int d = 0; d < said.size(); d++) {
            Dimension own = image.dimensions().get(d);
            Axis axis = said.get(d);
            boolean comparable = axis.kind().equals(own.axis().kind());
            sameSpace &= axis == own.axis() || !axis.isSpatial() && !own.axis().isSpatial();
            sameChannels &= axis == own.axis() || axis != Axis.C && own.axis() != Axis.C;
            dimensions.add(
                    comparable
                            ? new Dimension(axis, own.length(), own.voxelSize(), own.unit(), own.origin())
                            : Dimension.of(axis, own.length()));
        }
        ImageMetadata described = sameChannels ? image : image.withChannels(List.of(), Optional.empty());
        described = sameSpace ? described : described.withFrame(Optional.empty());
        return described.withDimensions(dimensions);
    }

    private Optional<String> unitSaid() throws ParameterException {
        return unit.isBlank() ? Optional.empty() : Optional.of(unit(Setting.UNIT, unit));
    }

    private static String unit(Setting setting, String text) throws ParameterException {
        String name = PhysicalUnit.named(text.strip());
        name = name.isEmpty() ? PhysicalUnit.named(text.strip().toLowerCase(Locale.ROOT)) : name;
        if (PhysicalUnit.inMeters(name).isEmpty()) {
            throw new ParameterException(setting, Given.shown(text), UNITS);
        }
        return name;
    }

    private static ImageMetadata withUnit(ImageMetadata image, String unit) {
        return image.withDimensions(image.dimensions().stream()
                .map(own -> own.axis().isSpatial()
                        ? new Dimension(own.axis(), own.length(), own.voxelSize(), unit, own.origin())
                        : own)
                .toList());
    }

    private Matcher sizesSaid() throws ParameterException {
        Matcher said = SIZES.matcher(voxelSize.strip());
        if (!said.matches()) {
            throw new ParameterException(
                    Setting.VOXEL_SIZE, Given.shown(voxelSize), "numbers above 0 and a unit, as in 5,1.3,1.3um");
        }
        if (said.group(2) != null) {
            unit(Setting.VOXEL_SIZE, said.group(2));
        }
        return said;
    }

    private List<Double> sizes(Matcher said) throws ParameterException {
        try {
            List<Double> sizes = NumberList.parse(said.group(1), Double::valueOf);
            if (sizes.stream().allMatch(size -> size > 0 && Double.isFinite(size))) {
                return sizes;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ParameterException(
                Setting.VOXEL_SIZE, Given.shown(voxelSize), "numbers above 0 and a unit, as in 5,1.3,1.3um");
    }

    /** The first voxel stays where it is: its place is converted where the sizes have another unit. */
    private ImageMetadata withSizes(ImageMetadata image, Optional<String> named) throws ParameterException {
        Matcher said = sizesSaid();
        Optional<String> unit = said.group(2) == null ? named : Optional.of(unit(Setting.VOXEL_SIZE, said.group(2)));
        List<Double> sizes = SpatialAxes.each(Setting.VOXEL_SIZE, forAll(sizes(said), image), image, 1.0);
        List<Dimension> dimensions = new ArrayList<>();
        double[] scaleXyz = {1, 1, 1};
        double units = 1;
        for (int d = 0; d < sizes.size(); d++) {
            Dimension own = image.dimensions().get(d);
            if (own.axis().isSpatial()) {
                String in = unit.orElse(own.unit());
                units = ratio(own.unit(), in);
                scaleXyz[Axis.X.ordinal() - own.axis().ordinal()] = sizes.get(d) / (own.voxelSize() * units);
                own = new Dimension(own.axis(), own.length(), sizes.get(d), in, own.origin() * units);
            }
            dimensions.add(own);
        }
        double ratio = units;
        return image.withDimensions(dimensions)
                .withFrame(image.frame().map(frame -> frame.inUnits(ratio).resampled(scaleXyz, new double[3])));
    }

    private static List<Double> forAll(List<Double> sizes, ImageMetadata image) {
        return sizes.size() == 1 ? Collections.nCopies(SpatialAxes.count(image), sizes.get(0)) : sizes;
    }

    private static double ratio(String from, String to) {
        return PhysicalUnit.inMillimeters(from).isPresent()
                        && PhysicalUnit.inMillimeters(to).isPresent()
                ? PhysicalUnit.inMillimeters(from).getAsDouble()
                        / PhysicalUnit.inMillimeters(to).getAsDouble()
                : 1;
    }
}
