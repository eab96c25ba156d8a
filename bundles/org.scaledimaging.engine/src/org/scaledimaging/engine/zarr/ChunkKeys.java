package org.scaledimaging.engine.zarr;

import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * The keys of the files of an array's chunks: those that its metadata say or, where there is none, those with the other
 * separator, for metadata without the separator or with a wrong one are about. Both are tried until the first file is
 * found. Thread-safe.
 */
final class ChunkKeys {
    /** So many files are not there until it is looked whether any is: the corners of many images are empty. */
    private static final long LOOKS = 16;

    /** Of so many files it is noted that they are absent: 128 KiB at most. */
    private static final long MOST_NOTED = 1 << 20;

    private final ZarrStore store;
    private final String path;
    private final ZarrMetadata said;
    private final Grid files;
    private final AtomicLong missing = new AtomicLong();
    /** By number, files that are not there, of a store that does not say what it holds. */
    private final BitSet absent = new BitSet();

    private long allAbsent;

    private final AtomicBoolean looked = new AtomicBoolean();
    /** Nothing as long as no file was found. */
    private volatile ZarrMetadata known;

    private volatile Consumer<Notice> notices = notice -> {};

    /**
     * @param path of the array
     * @param files a cell for each that there may be
     * @param certain whether the metadata are right, as of an array that is written here
     */
    ChunkKeys(ZarrStore store, String path, ZarrMetadata said, Grid files, boolean certain) {
        this.store = store;
        this.path = path;
        this.said = said;
        this.files = files;
        this.known = certain ? said : null;
    }

    /** Looks for a file. */
    @FunctionalInterface
    interface Lookup<T> {
        /** @return nothing where there is none */
        Optional<T> at(String key) throws IOException;
    }

    /** Who is told that there is not one file. */
    void tellTo(Consumer<Notice> newNotices) {
        notices = newNotices;
    }

    /** The key of a cell's file: once it was found, that of the file. */
    String of(long[] cell) {
        ZarrMetadata here = known;
        return (here == null ? said : here).key(path, cell);
    }

    /** The cell whose file a key names; nothing where it names none. */
    Optional<long[]> cellOf(String key) {
        String[] names = key.split("/", -1);
        int axes = files.indices().axes();
        if (names.length < axes) {
            return Optional.empty();
        }
        long[] cell = new long[axes];
        for (int d = 0; d < axes; d++) {
            String name = names[names.length - axes + d];
            if (!name.matches("[0-9]{1,18}")) {
                return Optional.empty();
            }
            cell[d] = Long.parseLong(name);
        }
        return files.indices().contains(cell) && of(cell).equals(key) ? Optional.of(cell) : Optional.empty();
    }

    /** What is found of a cell's file. */
    <T> Optional<T> find(long[] cell, Lookup<T> lookup) throws IOException {
        ZarrMetadata here = known;
        if (here != null) {
            return lookup.at(here.key(path, cell));
        }
        for (ZarrMetadata tried : new ZarrMetadata[] {said, said.withOtherSeparator()}) {
            Optional<T> found = lookup.at(tried.key(path, cell));
            if (found.isPresent()) {
                known = tried;
                return found;
            }
        }
        look(missing.incrementAndGet(), cell);
        return Optional.empty();
    }

    /** Of a store that does not say what it holds, all files have to have been looked for. */
    private void look(long count, long[] cell) throws IOException {
        if (looked.get() || count < Math.min(files.count(), LOOKS) && !store.isRemote()) {
            return;
        }
        Optional<Boolean> any = store.hasChunks(path);
        if (any.isEmpty() && !areAllAbsent(cell) || !looked.compareAndSet(false, true)) {
            return;
        }
        if (!any.orElse(false)) {
            long[] first = new long[cell.length];
            notices.accept(Notice.warning(store.location(path)
                    + " has not one chunk, so that all of its voxels are read as its fill value: there is no file "
                    + name(said, first) + ", as its metadata name them, and none with the other separator, "
                    + name(said.withOtherSeparator(), first) + "."));
        }
    }

    private synchronized boolean areAllAbsent(long[] cell) {
        if (files.count() > MOST_NOTED) {
            return false;
        }
        int number = (int) files.number(cell);
        allAbsent += absent.get(number) ? 0 : 1;
        absent.set(number);
        return allAbsent == files.count();
    }

    private static String name(ZarrMetadata names, long[] cell) {
        return names.key("", cell);
    }
}
