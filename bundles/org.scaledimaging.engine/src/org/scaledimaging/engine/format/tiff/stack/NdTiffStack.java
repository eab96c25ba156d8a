package org.scaledimaging.engine.format.tiff.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.scaledimaging.engine.format.SeriesPlace;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * An image of a data set of Micro-Manager's in several TIFF files, with an index (NDTiff). A plane is as the first page of
 * its file is, its pixels where the index says. Planes that were not taken are 0.
 */
public final class NdTiffStack implements Stack.Planes {
    private final Path place;
    private final NdTiffIndex index;
    private final PlacedPlanes planes;
    private final OpenedFiles opened;
    private final Map<String, Pages> known = new LinkedHashMap<>();
    private final PageLayout layout;
    private boolean closed;

    private NdTiffStack(Path place, NdTiffIndex index, PlacedPlanes planes) throws IOException {
        this.place = place;
        this.index = index;
        this.planes = planes;
        this.opened = new OpenedFiles(place);
        opened.add(index.folder().resolve(MicroManager.INDEX));
        for (Path file : index.files()) {
            if (!Files.isRegularFile(file)) {
                throw new ImageFormatException(
                        place,
                        "planes in " + file.getFileName() + ", which is not there",
                        "that file beside the index");
            }
            opened.add(file);
        }
        this.layout = first().layout();
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

    /** What its images, as at several positions, are called; an empty text where nothing tells planes apart. */
    public static List<String> images(Path place) throws IOException {
        return PlacedPlanes.images(places(NdTiffIndex.read(NdTiffIndex.folder(place))));
    }

    private static List<PlacedPlanes.Place> places(NdTiffIndex index) {
        return index.planes().stream()
                .map(plane -> PlacedPlanes.Place.of(plane.axes()))
                .toList();
    }

    /** @throws ImageFormatException when several images could be meant, or files are damaged */
    public static Stack of(SeriesPlace meant) throws IOException {
        NdTiffIndex index = NdTiffIndex.read(NdTiffIndex.folder(meant.file()));
        PlacedPlanes planes = PlacedPlanes.of(meant, places(index));
        NdTiffStack stack = new NdTiffStack(meant.file(), index, planes);
        try {
            return planes.stack(stack.layout, MicroManager.of(stack.firstPages()), stack);
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    @Override
    public Optional<Page> page(long time, long channel, long slice) throws IOException {
        OptionalInt at = planes.plane(time, channel, slice);
        if (at.isEmpty()) {
            return Optional.empty();
        }
        NdTiffIndex.Plane plane = index.planes().get(at.getAsInt());
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
        return pages(index.planes()
                .get(planes.plane(time, channel, slice).orElseThrow())
                .file());
    }

    @Override
    public Page first() throws IOException {
        return firstPages().get(0);
    }

    @Override
    public Pages firstPages() throws IOException {
        return pages(index.planes().get(planes.first()).file());
    }

    @Override
    public boolean isComplete() {
        return planes.missing() == 0;
    }

    @Override
    public Optional<String> lacks() {
        return isComplete()
                ? Optional.empty()
                : Optional.of(place + ": " + planes.missing() + " of " + planes.planeAt().length
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
