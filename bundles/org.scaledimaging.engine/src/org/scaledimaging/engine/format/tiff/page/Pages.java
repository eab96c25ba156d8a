package org.scaledimaging.engine.format.tiff.page;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * The pages of one file, and the coarser resolutions that belong to them. Holds about a hundred bytes for each page.
 * Thread-safe.
 */
public final class Pages implements Closeable {
    private static final int REDUCED = 1;
    private static final int MASK = 4;
    private static final double LEAST_STEP = 1.5;
    private static final double TOLERANCE = 0.05;

    private final TiffFile file;
    private final Directory first;
    private final List<Page> pages = new ArrayList<>();
    private final Map<PageLayout, PageLayout> layouts = new HashMap<>();
    private final Map<Long, Page> levels = new ConcurrentHashMap<>();

    private Pages(TiffFile file) throws IOException {
        this(file, Directory.read(file, file.header().firstDirectory()));
    }

    private Pages(TiffFile file, Directory first) {
        this.file = file;
        this.first = first;
    }

    /** Reads the directories of a file, one after the other. */
    public static Pages open(Path path, boolean keepOpen) throws IOException {
        return read(TiffFile.open(path, keepOpen));
    }

    /** As {@link #open(Path, boolean)}, of a file of which it was noted what it was. */
    public static Pages open(Path path, OpenedFiles opened, boolean keepOpen) throws IOException {
        return read(TiffFile.open(path, opened, keepOpen));
    }

    private static Pages read(TiffFile file) throws IOException {
        try {
            Pages pages = new Pages(file);
            Slides.refuse(pages.first);
            pages.readChain();
            return pages;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private void readChain() throws IOException {
        Set<Long> seen = new HashSet<>();
        Directory directory = first;
        while (true) {
            if (!seen.add(directory.offset())) {
                throw new ImageFormatException(
                        file.path(),
                        "directories that lead back to byte " + directory.offset(),
                        "a chain of directories that ends");
            }
            add(directory);
            if (directory.next() == 0) {
                break;
            }
            directory = Directory.read(file, directory.next());
        }
        foldLevels();
        if (pages.isEmpty()) {
            throw new ImageFormatException(file.path(), "no page at full resolution", "at least one");
        }
    }

    /** Pages marked as reduced ones belong to the one before; masks are passed over. */
    private void add(Directory directory) throws IOException {
        long kind = directory.number(Tags.NEW_SUBFILE_TYPE, 0);
        if ((kind & MASK) != 0) {
            return;
        }
        if ((kind & REDUCED) == 0) {
            pages.add(page(directory));
        } else if (!pages.isEmpty()) {
            pages.get(pages.size() - 1).levels().add(directory.offset());
        }
    }

    /**
     * Scanners of slides write a pyramid as pages without a mark, and between them a thumbnail, a label and an overview:
     * where the first page is in tiles, smaller ones in tiles of the same kind are its coarser resolutions.
     */
    private void foldLevels() throws IOException {
        boolean slide = first.text(Tags.IMAGE_DESCRIPTION).startsWith("Aperio");
        if (pages.size() < 2 || !pages.get(0).layout().tiled()) {
            return;
        }
        List<Page> levels = new ArrayList<>(pages.subList(1, pages.size()));
        if (slide) {
            levels.removeIf(page -> !page.layout().tiled());
        }
        PageLayout finer = pages.get(0).layout();
        for (Page page : levels) {
            PageLayout coarser = page.layout();
            double y = (double) finer.height() / coarser.height();
            double x = (double) finer.width() / coarser.width();
            if (!coarser.tiled() || y < LEAST_STEP || x < LEAST_STEP || Math.abs(y / x - 1) > TOLERANCE) {
                return;
            }
            finer = coarser;
        }
        List<Long> offsets = new ArrayList<>(pages.get(0).levels());
        pages.get(0).levels().clear();
        levels.forEach(page -> pages.get(0).levels().add(page.directory()));
        if (!slide) {
            pages.get(0).levels().addAll(offsets);
        }
        pages.subList(1, pages.size()).clear();
    }

    private Page page(Directory directory) throws IOException {
        PageLayout layout = PageLayout.of(directory);
        PageLayout known;
        synchronized (layouts) {
            known = layouts.computeIfAbsent(layout, same -> same);
        }
        return Page.of(directory, known);
    }

    /** The file that holds them. */
    public TiffFile file() {
        return file;
    }

    /** The first directory, which has what is said of the whole. */
    public Directory first() {
        return first;
    }

    /** The same file as one of these pages alone; closing it closes the file. */
    public Pages part(int from, int to) throws IOException {
        Pages part = new Pages(file, directory(from));
        part.pages.addAll(pages.subList(from, to));
        return part;
    }

    /** How many pages there are. */
    public int size() {
        return pages.size();
    }

    /** A page, from 0, in the order of the file. */
    public Page get(int index) {
        return pages.get(index);
    }

    /** The directory of a page, read again. */
    public Directory directory(int index) throws IOException {
        return Directory.read(file, pages.get(index).directory());
    }

    /** A page's coarser resolution, 1 being the first. */
    public Page level(Page page, int level) throws IOException {
        if (page.levels().size() < level) {
            throw new ImageFormatException(
                    file.path(),
                    "a page with " + page.levels().size() + " coarser resolutions",
                    "as many as the first page has");
        }
        long offset = page.levels().get(level - 1);
        Page known = levels.get(offset);
        if (known == null) {
            known = page(Directory.read(file, offset));
            levels.put(offset, known);
        }
        return known;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
