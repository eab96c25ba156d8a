package org.scaledimaging.engine.zarr.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * Tells whether an image in a folder is still there and the same. It notes metadata files and their folders when the image
 * is opened, and folders of chunks when something in them is first looked for; these, and chunks, must be older than the
 * opening by this computer's clock. At the end it looks again: whatever came, went or was renamed has changed a folder.
 * Where the file system has another clock, it only compares with what it noted.
 */
final class FolderWatch {
    private static final int MOST_FOLDERS = 1 << 16;

    private final Path root;
    private final OpenedFiles opening;
    private final OpenedFiles chunkFolders;
    private final Set<Path> absent = ConcurrentHashMap.newKeySet();
    private final FileTime opened;
    private volatile boolean sameClock = true;
    private volatile Optional<Path> changed = Optional.empty();

    /** @param opened since when changes count; before anything was read */
    FolderWatch(Path root, Instant opened) throws IOException {
        this.root = root;
        this.opened = FileTime.from(opened);
        this.opening = new OpenedFiles(root);
        this.chunkFolders = new OpenedFiles(root);
        opening.addFolder(root);
    }

    /** Notes a metadata file that is about to be read, and the folder it is in. */
    void readMetadata(Path file) throws IOException {
        opening.addFolder(file.getParent());
        FileTime modified = opening.add(file).modified();
        if (modified.compareTo(opened) > 0) {
            sameClock = false;
        }
    }

    /** Notes a folder in which a chunk is about to be looked for, and those above it. */
    void lookInto(Path folder) throws IOException {
        if (chunkFolders.contains(folder) || absent.contains(folder) || chunkFolders.size() >= MOST_FOLDERS) {
            return;
        }
        FileState now;
        try {
            now = opening.look(folder);
        } catch (FileSystemException e) {
            if (folder.equals(root)) {
                opening.check(root); // says what it is
                throw e;
            }
            lookInto(folder.getParent());
            if (chunkFolders.contains(folder.getParent())) {
                chunkFolders.check(folder.getParent()); // what is not there may have been when the image was opened
            }
            if (absent.size() >= MOST_FOLDERS) {
                absent.clear();
            }
            absent.add(folder);
            return;
        }
        if (opening.contains(folder)) {
            FileState before = opening.addFolder(folder);
            checkOlder(folder, before.modified());
            chunkFolders.add(folder, before);
            chunkFolders.check(folder);
        } else {
            checkOlder(folder, now.modified());
            lookInto(folder.getParent());
            chunkFolders.add(folder, now);
        }
    }

    /**
     * The same for a folder that was looked at, in one that is noted.
     *
     * @param now of the folder itself, which is no link
     */
    void lookInto(Path folder, BasicFileAttributes now) throws IOException {
        if (opening.contains(folder)) {
            lookInto(folder);
            return;
        }
        checkOlder(folder, now.lastModifiedTime());
        if (chunkFolders.size() < MOST_FOLDERS) {
            chunkFolders.add(folder, now);
        }
    }

    /** @throws org.scaledimaging.engine.message.ImageFormatException when a file or folder was changed since the opening */
    void checkOlder(Path place, FileTime modified) throws IOException {
        if (sameClock && modified.compareTo(opened) > 0) {
            changed = Optional.of(place);
            throw OpenedFiles.changed(place);
        }
    }

    /** The same of a file in a folder, which is named only when it is needed. */
    void checkOlder(Path folder, Path file, FileTime modified) throws IOException {
        if (sameClock && modified.compareTo(opened) > 0) {
            checkOlder(folder.resolve(file), modified);
        }
    }

    /** Looks now and then at what was noted on opening. */
    void checkNowAndThen() throws IOException {
        opening.checkNowAndThen();
    }

    /** Looks whether a chunk that is not there may have been. */
    void checkMissing(Path chunk) throws IOException {
        Path folder = chunk.getParent();
        if (chunkFolders.contains(folder)) {
            chunkFolders.check(folder);
        }
        opening.checkNowAndThen();
    }

    /** Looks at all that was noted. */
    void check() throws IOException {
        if (changed.isPresent()) {
            throw OpenedFiles.changed(changed.get());
        }
        opening.check();
        chunkFolders.check();
    }
}
