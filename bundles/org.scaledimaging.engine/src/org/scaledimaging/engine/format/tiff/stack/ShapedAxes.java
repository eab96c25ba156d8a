package org.scaledimaging.engine.format.tiff.stack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.view.DescribedSource;
import org.scaledimaging.engine.view.PagesSource;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * Pages that are no planes of y and x, as of an array whose axes are {@code YXC}: each axis gets the name that the file
 * has for it, and then its place among t, c, z, y and x.
 *
 * @param planes in their order
 * @param outer what pages are, before their names are given: as many of t, c and z as there are
 * @param lengths of these
 * @param names per axis of the image that these make
 * @param sizes that the file says, by axis
 */
record ShapedAxes(FilePlanes planes, List<Axis> outer, List<Long> lengths, List<Axis> names, Map<Axis, Scale> sizes)
        implements Stack.InOneFile {
    private static final String EXPECTED =
            "t, c, z, y and x, each at most once, and axes of other names in place of those"
                    + " of t, c and z that are not there";

    /**
     * The letters of the axes of a page.
     *
     * @param samples empty where a pixel has one
     */
    record InPage(Optional<Character> samples, char height, char width) {
        /** @param letters in the order in which the page has them */
        static InPage of(PageLayout layout, String letters) {
            int first = layout.samples() > 1 && layout.planar() ? 1 : 0;
            Optional<Character> samples = layout.samples() == 1
                    ? Optional.empty()
                    : Optional.of(letters.charAt(first == 1 ? 0 : letters.length() - 1));
            return new InPage(samples, letters.charAt(first), letters.charAt(first + 1));
        }

        /** Whether pages are planes of y and x whose samples are channels. */
        boolean isUsual() {
            return height == 'Y'
                    && width == 'X'
                    && samples.map(letter -> letter == 'S' || letter == 'C').orElse(true);
        }
    }

    /**
     * @param inOrder all pages, along z
     * @param letters of the axes along which pages follow one another, the slowest first
     * @param shape begins with the lengths of these
     * @throws ImageFormatException when the axes are not those of an image
     */
    static Stack of(Stack inOrder, String letters, List<Long> shape, InPage page, Map<Axis, Scale> sizes)
            throws ImageFormatException {
        FilePlanes planes = (FilePlanes) inOrder.planes();
        StringBuilder outer = new StringBuilder();
        List<Long> lengths = new ArrayList<>();
        for (int d = 0; d < letters.length(); d++) {
            if (shape.get(d) > 1) {
                outer.append(letters.charAt(d));
                lengths.add(shape.get(d));
            }
        }
        String inPage = page.samples().map(String::valueOf).orElse("") + page.height() + page.width();
        for (char needed : new char[] {'Y', 'X'}) {
            if ((outer + inPage).indexOf(needed) < 0) {
                outer.insert(0, needed); // of a plane of z and x, say
                lengths.add(0, 1L);
            }
        }
        List<Axis> free = new ArrayList<>(List.of(Axis.T, Axis.C, Axis.Z));
        if (page.samples().isPresent()) {
            free.remove(Axis.C);
        }
        Optional<List<Axis>> named = names(outer + inPage);
        if (outer.length() > free.size() || named.isEmpty()) {
            throw new ImageFormatException(
                    planes.pages().file().path(), "an array with the axes \"" + letters + inPage + "\"", EXPECTED);
        }
        List<Axis> among = free.subList(free.size() - outer.length(), free.size());
        List<Axis> stored = new ArrayList<>(among);
        page.samples().ifPresent(samples -> stored.add(Axis.C));
        stored.addAll(List.of(Axis.Y, Axis.X));
        AxisOrder sorted = AxisOrder.sorting(stored, Comparator.naturalOrder()); // as the image of the planes has them
        return inOrder.with(new ShapedAxes(planes, List.copyOf(among), lengths, sorted.apply(named.get()), sizes));
    }

    /** What each letter means; nothing where two mean the same, or there are too many. */
    private static Optional<List<Axis>> names(String letters) {
        Map<Integer, Axis> names = new TreeMap<>();
        List<Axis> free = new ArrayList<>(List.of(Axis.Z, Axis.T, Axis.C));
        for (int d = 0; d < letters.length(); d++) {
            Optional<Axis> named = Axis.ofSymbol(letters.substring(d, d + 1));
            if (named.isPresent() && names.containsValue(named.get())) {
                return Optional.empty();
            }
            if (named.isPresent()) {
                names.put(d, named.get());
                free.remove(named.get());
            }
        }
        for (int d = 0; d < letters.length(); d++) {
            if (!names.containsKey(d)) {
                Axis channel = letters.charAt(d) == 'S' && free.contains(Axis.C) ? Axis.C : null;
                if (free.isEmpty()) {
                    return Optional.empty();
                }
                names.put(d, channel != null ? channel : free.get(0));
                free.remove(names.get(d));
            }
        }
        return Optional.of(List.copyOf(names.values()));
    }

    @Override
    public ImageSource turned(ImageSource image) {
        ImageSource paged = outer.isEmpty()
                ? image
                : PagesSource.of(
                        image,
                        outer,
                        lengths.stream().mapToLong(Long::longValue).toArray());
        ImageMetadata metadata = paged.metadata().withChannels(List.of(), Optional.empty());
        List<Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < names.size(); d++) {
            dimensions.add(named(names.get(d), metadata.dimensions().get(d)));
        }
        ImageSource named = DescribedSource.of(paged, metadata.withDimensions(dimensions));
        return TransposedSource.of(named, AxisOrder.sorting(names, Comparator.naturalOrder()));
    }

    private Dimension named(Axis axis, Dimension stored) {
        Scale said = sizes.getOrDefault(axis, Scale.UNKNOWN);
        Scale kept = axis.isSpatial() && stored.axis().isSpatial()
                ? new Scale(stored.voxelSize(), stored.unit())
                : Scale.UNKNOWN;
        Scale scale = said.or(kept);
        return new Dimension(axis, stored.length(), scale.size(), scale.unit(), 0);
    }

    @Override
    public Pages pages() {
        return planes.pages();
    }

    @Override
    public Optional<Page> page(long time, long channel, long slice) {
        return planes.page(time, channel, slice);
    }
}
