package org.scaledimaging.engine.format.tiff.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * A data set of Micro-Manager's in several TIFF files, with an index (NDTiff). A plane is as the first page of its file is,
 * its pixels where the index says. Planes that were not taken are 0; of one that was taken twice the last counts.
 */
public final class NdTiffStack implements Stack.Planes {
    private static final List<String> AXES = List.of("time", "channel", "z");

    /** So many planes for each that was taken: who says more is not believed. */
    private static final int MOST_PER_PLANE = 1 << 10;

    private final Path place;
    private final NdTiffIndex index;
    private final List<List<String>> along;
    private final int[] planeAt;
    private final OpenedFiles opened;
    private final Map<String, Pages> known = new LinkedHashMap<>();
    private final PageLayout layout;
    private boolean closed;

    private NdTiffStack(Path place, NdTiffIndex index, List<List<String>> along, int[] planeAt) throws IOException {
        this.place = place;
        this.index = index;
        this.along = along;
        this.planeAt = planeAt;
        this.opened = new OpenedFiles(place);
        opened.add(index.folder().resolve(MicroManager.INDEX));
        for (Path file : index.files()) {
            opened.add(file);
        }
        this.layout = firstPages().get(0).layout();
    }

    /** Whether a folder is such a data set. */
    public static boolean recognises(Path place) {
        return Files.isRegularFile(NdTiffIndex.folder(place).resolve(MicroManager.INDEX));
    }

    /** The index and the TIFF files. */
    public static List<Path> files(Path place) throws IOException {
        NdTiffIndex index = NdTiffIndex.read(NdTiffIndex.folder(place));
        List<Path> files = new ArrayList<>(List.of(index.folder().resolve(MicroManager.INDEX)));
        files.addAll(index.files());
        return files;
    }

    /** @throws ImageFormatException when it holds planes of several images, or damaged files */
    public static Stack of(Path place) throws IOException {
        NdTiffIndex index = NdTiffIndex.read(NdTiffIndex.folder(place));
        List<Set<String>> values = List.of(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        Set<String> others = new LinkedHashSet<>();
        for (NdTiffIndex.Plane plane : index.planes()) {
            for (int axis = 0; axis < AXES.size(); axis++) {
                values.get(axis).add(value(plane, axis));
            }
            others.add(other(plane.axes()));
        }
        if (others.size() > 1) {
            throw new ImageFormatException(
                    place,
                    "a data set of " + others.size() + " images (" + String.join("; ", first(others)) + ")",
                    "one; Micro-Manager saves such a data set as OME-TIFF, too");
        }
        List<List<String>> along = values.stream().map(NdTiffStack::ordered).toList();
        double planes = along.stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
        if (planes > (double) MOST_PER_PLANE * index.planes().size() || planes > Integer.MAX_VALUE) {
            throw new ImageFormatException(
                    place, index.planes().size() + " planes for " + (long) planes + " places", "more of them");
        }
        List<Map<String, Integer>> numbers =
                along.stream().map(NdTiffStack::numbers).toList();
        int[] planeAt = new int[(int) planes];
        Arrays.fill(planeAt, -1);
        for (int i = 0; i < index.planes().size(); i++) {
            int at = 0;
            for (int axis = 0; axis < AXES.size(); axis++) {
                at = at * along.get(axis).size()
                        + numbers.get(axis).get(value(index.planes().get(i), axis));
            }
            planeAt[at] = i;
        }
        NdTiffStack stack = new NdTiffStack(place, index, along, planeAt);
        try {
            return stack.stack();
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private Stack stack() throws IOException {
        Optional<MicroManager> said = MicroManager.of(firstPages());
        List<String> channels = along.get(1);
        boolean words = layout.samples() == 1
                && channels.stream().noneMatch(name -> name.isEmpty() || name.matches("-?[0-9]+"));
        return new Stack(
                layout,
                along.get(0).size(),
                channels.size(),
                along.get(2).size(),
                said.map(MicroManager::t).orElse(Scale.UNKNOWN),
                said.map(MicroManager::z).orElse(Scale.UNKNOWN),
                said.map(MicroManager::pixel).orElse(Scale.UNKNOWN),
                said.map(MicroManager::pixel).orElse(Scale.UNKNOWN),
                words ? channels : List.of(),
                this);
    }

    private static String value(NdTiffIndex.Plane plane, int axis) {
        return plane.axes().path(AXES.get(axis)).asText(axis == 1 ? "" : "0");
    }

    /** Numbers in their order, names in that in which they were taken. */
    private static List<String> ordered(Set<String> values) {
        List<String> ordered = new ArrayList<>(values);
        if (ordered.stream().allMatch(value -> value.matches("-?[0-9]{1,18}"))) {
            ordered.sort((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
        }
        return ordered;
    }

    private static Map<String, Integer> numbers(List<String> values) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String value : values) {
            numbers.put(value, numbers.size());
        }
        return numbers;
    }

    /** What tells planes apart that are not of one image. */
    private static String other(JsonNode axes) {
        List<String> other = new ArrayList<>();
        axes.fields().forEachRemaining(axis -> {
            if (!AXES.contains(axis.getKey())) {
                other.add(axis.getKey() + " " + axis.getValue().asText());
            }
        });
        return String.join(", ", other);
    }

    private static List<String> first(Set<String> texts) {
        return texts.stream().limit(3).toList();
    }

    @Override
    public Optional<Page> page(long time, long channel, long slice) throws IOException {
        int at = planeAt[place(time, channel, slice)];
        if (at < 0) {
            return Optional.empty();
        }
        NdTiffIndex.Plane plane = index.planes().get(at);
        Page first = pages(plane.file()).get(0);
        int samples = plane.type() == 2 ? 3 : 1;
        int bytes = plane.type() == 0 || plane.type() == 2 ? 1 : 2;
        boolean fits = first.layout().fits(layout)
                && plane.width() == layout.width()
                && plane.height() == layout.height()
                && samples == layout.samples()
                && bytes == layout.type().bytes();
        if (!fits) {
            throw new ImageFormatException(
                    index.folder().resolve(plane.file()),
                    "a plane of " + plane.width() + " x " + plane.height() + " pixels of " + samples + " x " + 8 * bytes
                            + " bits",
                    "one of " + layout + ", as the first one");
        }
        return Optional.of(first.shifted(plane.offset() - first.offset(0)));
    }

    private int place(long time, long channel, long slice) {
        return (int) ((time * along.get(1).size() + channel) * along.get(2).size() + slice);
    }

    private synchronized Pages pages(String file) throws IOException {
        if (closed) {
            throw new IOException(place + ": found a closed image, expected an open one.");
        }
        Pages pages = known.get(file);
        if (pages == null) {
            pages = Pages.open(index.folder().resolve(file), opened, true);
            known.put(file, pages);
        }
        return pages;
    }

    @Override
    public Pages pages(long time, long channel, long slice) throws IOException {
        return pages(index.planes().get(planeAt[place(time, channel, slice)]).file());
    }

    @Override
    public Page first() throws IOException {
        return firstPages().get(0);
    }

    @Override
    public Pages firstPages() throws IOException {
        return pages(index.planes().get(0).file());
    }

    @Override
    public boolean isComplete() {
        return lacks().isEmpty();
    }

    @Override
    public Optional<String> lacks() {
        long missing = Arrays.stream(planeAt).filter(at -> at < 0).count();
        return missing == 0
                ? Optional.empty()
                : Optional.of(place + ": " + missing + " of " + planeAt.length
                        + " planes were not taken; their voxels are 0.");
    }

    @Override
    public OpenedFiles opened() {
        return opened;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (Pages pages : known.values()) {
            pages.close();
        }
        known.clear();
    }
}
