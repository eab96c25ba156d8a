package org.scaledimaging.engine.format.tiff.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.scaledimaging.engine.format.SeriesPlace;
import org.scaledimaging.engine.format.planes.PlaneFiles;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The planes of an image, of planes that say themselves where they lie along t, c and z, in whatever order. Places without
 * a plane are 0; of a place with two planes the last one counts.
 *
 * @param along times, channels and slices, as planes call them
 * @param planeAt for each place, t, c, z, the number of its plane; −1 where there is none
 * @param first the number of the first plane
 */
record PlacedPlanes(List<List<String>> along, int[] planeAt, int first) {
    private static final List<String> AXES = List.of("time", "channel", "z");

    /** So many places for each plane: who says more is not believed. */
    private static final int MOST_PER_PLANE = 1 << 10;

    private static final String NUMBER = "-?[0-9]{1,18}";

    /**
     * What a plane says of itself.
     *
     * @param along its time, channel and slice, numbers or names
     * @param image what tells it apart from planes of other images, as in {@code position 1}; or empty
     */
    record Place(List<String> along, String image) {
        /** By the axes that NDTiff names, of which there may be others. */
        static Place of(JsonNode axes) {
            List<String> others = new ArrayList<>();
            axes.fields().forEachRemaining(axis -> {
                if (!AXES.contains(axis.getKey())) {
                    others.add(axis.getKey() + " " + axis.getValue().asText());
                }
            });
            return new Place(
                    List.of(
                            axes.path(AXES.get(0)).asText("0"),
                            axes.path(AXES.get(1)).asText(""),
                            axes.path(AXES.get(2)).asText("0")),
                    String.join(", ", others));
        }
    }

    /** The images that planes are of, in natural order. */
    static List<String> images(List<Place> places) {
        TreeSet<String> images = new TreeSet<>(PlaneFiles.NATURAL);
        places.forEach(place -> images.add(place.image));
        return List.copyOf(images);
    }

    /**
     * Those of the image that is meant.
     *
     * @throws ImageFormatException when several could be meant, or planes say of themselves what cannot be
     */
    static PlacedPlanes of(SeriesPlace meant, List<Place> places) throws ImageFormatException {
        List<String> images = images(places);
        String image = images.get(meant.chosen(images.size()));
        List<Map<String, Integer>> numbers = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
        List<List<String>> along = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int count = 0;
        int first = -1;
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).image.equals(image)) {
                count++;
                first = first < 0 ? i : first;
                for (int axis = 0; axis < AXES.size(); axis++) {
                    String value = places.get(i).along.get(axis);
                    if (numbers.get(axis).putIfAbsent(value, 0) == null) {
                        along.get(axis).add(value);
                    }
                }
            }
        }
        double all = along.stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
        if (all > (double) MOST_PER_PLANE * count || all > Integer.MAX_VALUE) {
            throw new ImageFormatException(
                    meant.file(),
                    count + " planes for " + along.get(0).size() + " times, "
                            + along.get(1).size() + " channels and "
                            + along.get(2).size() + " slices",
                    "more of them");
        }
        for (int axis = 0; axis < AXES.size(); axis++) {
            sort(along.get(axis));
            for (int i = 0; i < along.get(axis).size(); i++) {
                numbers.get(axis).put(along.get(axis).get(i), i);
            }
        }
        int[] planeAt = new int[(int) all];
        Arrays.fill(planeAt, -1);
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).image.equals(image)) {
                int at = 0;
                for (int axis = 0; axis < AXES.size(); axis++) {
                    at = at * along.get(axis).size()
                            + numbers.get(axis).get(places.get(i).along.get(axis));
                }
                planeAt[at] = i;
            }
        }
        return new PlacedPlanes(along, planeAt, first);
    }

    /** Numbers by their order; names stay in that in which they were taken. */
    private static void sort(List<String> values) {
        if (values.stream().allMatch(value -> value.matches(NUMBER))) {
            values.sort((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
        }
    }

    /** The number of the plane at a place; nothing where there is none. */
    OptionalInt plane(long time, long channel, long slice) {
        int plane = planeAt[
                (int) ((time * along.get(1).size() + channel) * along.get(2).size() + slice)];
        return plane < 0 ? OptionalInt.empty() : OptionalInt.of(plane);
    }

    /** How many places have no plane. */
    long missing() {
        return Arrays.stream(planeAt).filter(plane -> plane < 0).count();
    }

    /** The image; names of channels are theirs, or what is said of them where these are numbers. */
    Stack stack(PageLayout layout, Optional<MicroManager> said, Stack.Planes planes) {
        List<String> channels = along.get(1);
        List<String> names = said.map(MicroManager::names).orElse(List.of());
        List<Optional<Integer>> colours = said.map(MicroManager::colours).orElse(List.of());
        boolean words = channels.stream().noneMatch(name -> name.isEmpty() || name.matches(NUMBER));
        List<String> own = words ? channels : names.size() == channels.size() ? names : List.of();
        Scale pixel = said.map(MicroManager::pixel).orElse(Scale.UNKNOWN);
        return new Stack(
                layout,
                along.get(0).size(),
                channels.size(),
                along.get(2).size(),
                said.map(MicroManager::t).orElse(Scale.UNKNOWN),
                said.map(MicroManager::z).orElse(Scale.UNKNOWN),
                pixel,
                pixel,
                layout.samples() == 1 ? own : List.of(),
                layout.samples() == 1 && colours.size() == channels.size() ? colours : List.of(),
                planes);
    }
}
