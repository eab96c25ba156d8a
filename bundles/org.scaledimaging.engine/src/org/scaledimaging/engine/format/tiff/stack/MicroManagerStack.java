package org.scaledimaging.engine.format.tiff.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.scaledimaging.engine.format.planes.PlaneFiles;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A stack of Micro-Manager's without OME-XML, as an acquisition that was stopped leaves it, or NDTiff: each page says
 * which plane it is. Planes of which there is no page are 0.
 */
public final class MicroManagerStack {
    private static final List<String> AXES = List.of("time", "channel", "z");
    private static final List<List<String>> INDICES =
            List.of(List.of("FrameIndex", "Frame"), List.of("ChannelIndex"), List.of("SliceIndex", "Slice"));

    /** So many planes for each page: who says more is not believed. */
    private static final int MOST_PER_PAGE = 1 << 10;

    private MicroManagerStack() {}

    /** Nothing where pages do not say which planes they are. */
    public static Optional<Stack> of(Pages pages, MicroManager said) throws IOException {
        List<TreeSet<String>> values = List.of(values(), values(), values());
        List<List<String>> places = new ArrayList<>();
        TreeSet<String> others = values();
        for (int i = 0; i < pages.size(); i++) {
            Optional<JsonNode> json = MicroManager.page(pages.directory(i));
            if (json.isEmpty() || !isPlaced(json.get())) {
                return Optional.empty();
            }
            List<String> place = new ArrayList<>();
            for (int axis = 0; axis < AXES.size(); axis++) {
                String value = value(json.get(), axis);
                values.get(axis).add(value);
                place.add(values.get(axis).ceiling(value)); // the one that is held already
            }
            others.add(other(json.get()));
            places.add(place);
        }
        if (others.size() > 1) {
            throw new ImageFormatException(
                    pages.file().path(),
                    "pages of " + others.size() + " positions without OME-XML",
                    "those of one; bioformats2raw converts each to an image of OME-Zarr");
        }
        return Optional.of(stack(pages, said, values, places));
    }

    private static TreeSet<String> values() {
        return new TreeSet<>(PlaneFiles.NATURAL);
    }

    private static boolean isPlaced(JsonNode json) {
        return json.has("Axes")
                || INDICES.stream()
                        .flatMap(List::stream)
                        .anyMatch(key -> json.path(key).isIntegralNumber());
    }

    /** Where a page lies along an axis: a number, or NDTiff's name of a channel. */
    private static String value(JsonNode json, int axis) {
        if (json.has("Axes")) {
            return json.path("Axes").path(AXES.get(axis)).asText("0");
        }
        return INDICES.get(axis).stream()
                .filter(json::has)
                .findFirst()
                .map(key -> json.path(key).asText())
                .orElse("0");
    }

    /** What tells pages apart that are not of one image. */
    private static String other(JsonNode json) {
        if (!json.has("Axes")) {
            return json.path("PositionIndex").asText("0");
        }
        StringBuilder other = new StringBuilder();
        json.path("Axes").fields().forEachRemaining(axis -> {
            if (!AXES.contains(axis.getKey())) {
                other.append(axis.getKey()).append(' ').append(axis.getValue().asText());
            }
        });
        return other.toString();
    }

    private static Stack stack(Pages pages, MicroManager said, List<TreeSet<String>> values, List<List<String>> places)
            throws IOException {
        List<String> channels = new ArrayList<>(values.get(1));
        boolean words = channels.stream().noneMatch(name -> name.matches("-?[0-9]+"));
        if (words) { // in the order in which they were taken
            channels = places.stream().map(place -> place.get(1)).distinct().toList();
        }
        List<List<String>> ordered = List.of(new ArrayList<>(values.get(0)), channels, new ArrayList<>(values.get(2)));
        double planes = (double) ordered.get(0).size()
                * channels.size()
                * ordered.get(2).size();
        if (planes > (double) MOST_PER_PAGE * pages.size() || planes > Integer.MAX_VALUE) {
            throw new ImageFormatException(
                    pages.file().path(),
                    pages.size() + " pages for " + ordered.get(0).size() + " times, " + channels.size()
                            + " channels and " + ordered.get(2).size() + " slices",
                    "more of them");
        }
        int[] pageOf = new int[(int) planes];
        Arrays.fill(pageOf, -1);
        for (int i = 0; i < places.size(); i++) {
            int plane = 0;
            for (int axis = 0; axis < AXES.size(); axis++) {
                List<String> along = ordered.get(axis);
                String value = places.get(i).get(axis);
                int at = axis == 1 ? along.indexOf(value) : Collections.binarySearch(along, value, PlaneFiles.NATURAL);
                plane = plane * along.size() + at;
            }
            pageOf[plane] = i;
        }
        boolean named = said.names().size() == channels.size();
        boolean shown = said.colours().size() == channels.size();
        return new Stack(
                PlainStack.same(pages, pages.size()),
                ordered.get(0).size(),
                channels.size(),
                ordered.get(2).size(),
                said.t(),
                said.z(),
                said.pixel(),
                said.pixel(),
                words ? channels : named ? said.names() : List.of(),
                shown ? said.colours() : List.of(),
                new Planes(pages, pageOf, channels.size(), ordered.get(2).size()));
    }

    /** @param pageOf each plane, t, c, z; −1 where there is none */
    private record Planes(Pages pages, int[] pageOf, int channels, int slices) implements Stack.InOneFile {
        @Override
        public Optional<Page> page(long time, long channel, long slice) {
            int page = pageOf[(int) ((time * channels + channel) * slices + slice)];
            return page < 0 ? Optional.empty() : Optional.of(pages.get(page));
        }

        @Override
        public Page first() {
            return pages.get(0);
        }

        @Override
        public boolean isComplete() {
            return lacks().isEmpty();
        }

        @Override
        public Optional<String> lacks() {
            long missing = Arrays.stream(pageOf).filter(page -> page < 0).count();
            List<String> said = new ArrayList<>();
            if (missing > 0) {
                said.add(missing + " of " + pageOf.length + " planes are not in the file; their voxels are 0.");
            }
            if (Files.isRegularFile(pages.file().path().resolveSibling(MicroManager.INDEX))) {
                said.add("A file of a data set (NDTiff); planes that are in its other files are not in this image.");
            }
            return said.isEmpty() ? Optional.empty() : Optional.of(pages.file().path() + ": " + String.join(" ", said));
        }
    }
}
