package org.scaledimaging.engine.place;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The files and folders that an image is read from, as they were when it was opened. Safe for use by several threads at
 * once.
 */
public final class OpenedFiles {
    /** How long a look at all of them serves those who look now and then. */
    private static final long LOOK_NANOSECONDS = 50_000_000;

    /** File systems that may name the same file differently after a while. */
    private static final Pattern WITHOUT_IDENTITIES =
            Pattern.compile("(?i)(fuse(?!blk)|macfuse|osxfuse|cifs|smb|9p|vboxsf|prl_fs|drvfs).*");

    /** @param whole whether all of the state counts, or which one it is alone */
    private record Opened(FileState state, boolean whole) {
        boolean isSame(FileState now) {
            // Field by field: what Java makes of a record's own comparison takes a start some milliseconds.
            boolean one = now.identity().equals(state.identity());
            return one
                    && (!whole || now.size() == state.size() && now.modified().equals(state.modified()));
        }
    }

    private final boolean identities;
    private final Map<Path, Opened> places = new ConcurrentHashMap<>();
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());

    /** @param place the image's file or folder, which tells what its file system can tell */
    public OpenedFiles(Path place) {
        this.identities = hasIdentities(place);
    }

    private static boolean hasIdentities(Path place) {
        try {
            return !WITHOUT_IDENTITIES.matcher(Files.getFileStore(place).type()).matches();
        } catch (IOException | SecurityException e) {
            return true; // a file system of which nobody tells the kind, as in some containers
        }
    }

    /** What a file or folder is now. */
    public FileState look(Path place) throws IOException {
        return FileState.of(place, identities);
    }

    /** Notes what a file or folder is now, unless it is noted already; returns what is noted. */
    public FileState add(Path place) throws IOException {
        Opened known = places.get(place);
        return known == null ? add(place, look(place)) : known.state();
    }

    /** Notes what a file or folder was, unless it is noted already; returns what is noted. */
    public FileState add(Path place, FileState state) {
        Opened known = places.putIfAbsent(place, new Opened(state, true));
        return known == null ? state : known.state();
    }

    /** The same, of a file or folder that is no link, from what the file system tells of it. */
    public void add(Path place, BasicFileAttributes now) {
        if (!places.containsKey(place)) {
            add(place, FileState.of(now, identities));
        }
    }

    /** As {@link #add(Path)}, of a folder in which others may put things that are not read. */
    public FileState addFolder(Path folder) throws IOException {
        Opened known = places.get(folder);
        if (known == null) {
            Opened now = new Opened(look(folder), false);
            known = places.putIfAbsent(folder, now);
            known = known == null ? now : known;
        }
        return known.state();
    }

    /** Whether a file or folder has been noted. */
    public boolean contains(Path place) {
        return places.containsKey(place);
    }

    /** How many files and folders have been noted. */
    public int size() {
        return places.size();
    }

    /** @throws ImageFormatException when one is gone, or another than it was */
    public void check() throws IOException {
        for (Path place : places.keySet()) {
            check(place);
        }
    }

    /** As {@link #check()}, of one that was noted. */
    public void check(Path place) throws IOException {
        FileState now;
        try {
            now = look(place);
        } catch (FileSystemException e) {
            throw new ImageFormatException(
                    place, "nothing that can be read any more", "an image that stays as it is while it is read", e);
        }
        if (!places.get(place).isSame(now)) {
            throw changed(place);
        }
    }

    /** As {@link #check()}, but at most twenty times a second: for use with each read of an image in a few files. */
    public void checkNowAndThen() throws IOException {
        if (isToLook()) {
            check();
        }
    }

    /** As {@link #check(Path)}, but at most twenty times a second: for use with each read of an image in many files. */
    public void checkNowAndThen(Path place) throws IOException {
        if (isToLook()) {
            check(place);
        }
    }

    private boolean isToLook() {
        long now = System.nanoTime();
        long next = nextLook.get();
        return now - next >= 0 && nextLook.compareAndSet(next, now + LOOK_NANOSECONDS);
    }

    /** What to say of a file or folder that is another than it was. */
    public static ImageFormatException changed(Object place) {
        return new ImageFormatException(
                place, "a change since the image was opened", "an image that stays as it is while it is read");
    }
}
