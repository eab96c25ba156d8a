package org.scaledimaging.engine.format.tiff.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.scaledimaging.engine.format.SeriesPlace;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A stack of Micro-Manager's without OME-XML, as an acquisition that was stopped leaves it, or NDTiff: each page says
 * which plane of which image it is. Planes of which there is no page are 0.
 */
public final class MicroManagerStack {
    private static final List<List<String>> INDICES =
            List.of(List.of("FrameIndex", "Frame"), List.of("ChannelIndex"), List.of("SliceIndex", "Slice"));

    private MicroManagerStack() {}

    /** What the images of a file, as at several positions, are called; none where pages do not say which planes they are. */
    public static List<String> images(Pages pages) throws IOException {
        return PlacedPlanes.images(places(pages));
    }

    /**
     * Nothing where pages do not say which planes they are.
     *
     * @throws ImageFormatException when several images could be meant
     */
    public static Optional<Stack> of(Pages pages, MicroManager said, SeriesPlace meant) throws IOException {
        List<PlacedPlanes.Place> places = places(pages);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        PlacedPlanes planes = PlacedPlanes.of(meant, places);
        return Optional.of(
                planes.stack(PlainStack.same(pages, pages.size()), Optional.of(said), new PlacedPages(pages, planes)));
    }

    private static List<PlacedPlanes.Place> places(Pages pages) throws IOException {
        List<PlacedPlanes.Place> places = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            Optional<PlacedPlanes.Place> place =
                    MicroManager.page(pages.directory(i)).flatMap(MicroManagerStack::place);
            if (place.isEmpty()) {
                return List.of();
            }
            places.add(place.get());
        }
        return places;
    }

    private static Optional<PlacedPlanes.Place> place(JsonNode json) {
        if (json.has("Axes")) {
            return Optional.of(PlacedPlanes.Place.of(json.path("Axes")));
        }
        boolean isPlaced = INDICES.stream()
                .flatMap(List::stream)
                .anyMatch(key -> json.path(key).isIntegralNumber());
        List<String> along = INDICES.stream()
                .map(keys -> keys.stream()
                        .filter(json::has)
                        .findFirst()
                        .map(key -> json.path(key).asText())
                        .orElse("0"))
                .toList();
        String position = "position " + json.path("PositionIndex").asText("0");
        return isPlaced ? Optional.of(new PlacedPlanes.Place(along, position)) : Optional.empty();
    }

    private record PlacedPages(Pages pages, PlacedPlanes planes) implements Stack.InOneFile {
        @Override
        public Optional<Page> page(long time, long channel, long slice) {
            OptionalInt page = planes.plane(time, channel, slice);
            return page.isEmpty() ? Optional.empty() : Optional.of(pages.get(page.getAsInt()));
        }

        @Override
        public Page first() {
            return pages.get(planes.first());
        }

        @Override
        public boolean isComplete() {
            return lacks().isEmpty();
        }

        @Override
        public Optional<String> lacks() {
            List<String> said = new ArrayList<>();
            if (planes.missing() > 0) {
                said.add(planes.missing() + " of " + planes.planeAt().length
                        + " planes are not in the file; their voxels are 0.");
            }
            if (Files.isRegularFile(pages.file().path().resolveSibling(MicroManager.INDEX))) {
                said.add("A file of a data set (NDTiff); planes that are in its other files are not in this image.");
            }
            return said.isEmpty() ? Optional.empty() : Optional.of(pages.file().path() + ": " + String.join(" ", said));
        }
    }
}
