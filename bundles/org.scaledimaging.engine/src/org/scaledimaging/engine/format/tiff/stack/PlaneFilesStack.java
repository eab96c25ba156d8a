package org.scaledimaging.engine.format.tiff.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.format.planes.PlaneFiles;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageLayout;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;

/** An image of which each plane is a file of its own; opened when its voxels are wanted. */
public final class PlaneFilesStack implements Stack.Planes {
    private static final int MOST_KNOWN = 1024;

    private final Path place;
    private final PlaneFiles.Found files;
    private final OpenedFiles opened;
    private final PageLayout layout;
    private boolean closed;

    /** Directories of files that were looked at lately; the files themselves are open only while they are read. */
    private final Map<Path, Pages> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Pages> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private PlaneFilesStack(Path place, PlaneFiles.Found found) throws IOException {
        this.place = place;
        this.files = found;
        this.opened = new OpenedFiles(place);
        for (Path file : found.all().toList()) {
            opened.add(file);
        }
        this.layout = first().layout();
    }

    /** @throws IOException when files are missing, or differ in size or type */
    public static Stack of(Path location) throws IOException {
        PlaneFiles.Found found = PlaneFiles.of(location, PlaneFiles.TIFF).found();
        PlaneFilesStack planes = new PlaneFilesStack(location, found);
        Pages first = planes.firstPages();
        Stack stack = new Stack(
                planes.layout,
                found.files().length,
                found.files()[0].length,
                found.files()[0][0].length,
                Scale.UNKNOWN,
                Scale.UNKNOWN,
                PlainStack.scale(first.first(), Tags.Y_RESOLUTION),
                PlainStack.scale(first.first(), Tags.X_RESOLUTION),
                planes.layout.samples() == 1 ? found.channels() : List.of(),
                List.of(),
                planes);
        Optional<MicroManager> said = MicroManager.of(first);
        return said.isEmpty()
                ? stack
                : stack.or(said.get().t(), said.get().z(), said.get().pixel());
    }

    @Override
    public Optional<Page> page(long time, long channel, long slice) throws IOException {
        Optional<Path> file = files.file(time, channel, slice);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Page page = pages(file.get()).get(0);
        if (layout != null && !page.layout().fits(layout)) {
            throw new ImageFormatException(
                    file.get(), "a page of " + page.layout(), "one of " + layout + ", as the first file has");
        }
        return Optional.of(page);
    }

    private synchronized Pages pages(Path file) throws IOException {
        if (closed) {
            throw new IOException(place + ": found a closed image, expected an open one.");
        }
        Pages pages = known.get(file);
        if (pages == null) {
            pages = Pages.open(file, opened, false);
            if (pages.size() > 1) {
                throw new ImageFormatException(
                        file, pages.size() + " pages", "one, as each file of a folder of planes has");
            }
            known.put(file, pages);
        }
        return pages;
    }

    @Override
    public Pages pages(long time, long channel, long slice) throws IOException {
        return pages(files.file(time, channel, slice).orElseThrow());
    }

    @Override
    public Page first() throws IOException {
        return firstPages().get(0);
    }

    @Override
    public Pages firstPages() throws IOException {
        return pages(files.all().findFirst().orElseThrow());
    }

    @Override
    public boolean isComplete() {
        return lacks().isEmpty();
    }

    @Override
    public Optional<String> lacks() {
        return files.lacks(place);
    }

    @Override
    public OpenedFiles opened() {
        return opened;
    }

    @Override
    public synchronized void close() {
        closed = true;
        known.clear();
    }
}
