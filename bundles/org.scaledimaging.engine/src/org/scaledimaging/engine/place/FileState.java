package org.scaledimaging.engine.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The state of a file or folder when it was looked at, links followed: enough to tell later whether it is still there
 * and the same. What was changed without a trace in size and time of last change, or within the clock tick of that
 * change (about a hundredth of a second on most file systems), counts as the same.
 *
 * @param identity which one it is on its file system; empty where that has no lasting names for its files
 * @param size bytes; 0 for folders
 * @param modified when it was last changed: of a folder, when something in it got or lost its name
 */
public record FileState(String identity, long size, FileTime modified) {
    private static final String INODE = ",ino=";

    /** @throws java.nio.file.NoSuchFileException when there is none */
    static FileState of(Path place, boolean identities) throws IOException {
        return of(Files.readAttributes(place, BasicFileAttributes.class), identities);
    }

    static FileState of(BasicFileAttributes found, boolean identities) {
        String identity = identities ? identity(found) : "";
        return new FileState(identity, found.isDirectory() ? 0 : found.size(), found.lastModifiedTime());
    }

    /** The inode's number where there is one: not the device's, which may change when a file system is mounted again. */
    private static String identity(BasicFileAttributes found) {
        if (found.fileKey() == null) {
            return found.creationTime().toString();
        }
        String key = found.fileKey().toString(); // (dev=801,ino=1234)
        return key.substring(key.indexOf(INODE) + 1);
    }

    /**
     * Refuses what cannot be read from any place, before it is opened: opening a named pipe waits until somebody writes to
     * it. What is not there is left to whoever opens it.
     *
     * @throws ImageFormatException when there is something else than a file or a folder
     */
    public static void checkRegular(Path place) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(place, BasicFileAttributes.class);
            if (found.isOther()) {
                throw special(place);
            }
        } catch (NoSuchFileException e) {
            // whoever opens it says so
        }
    }

    /** What to say of a place where there is neither file nor folder, but something else. */
    public static ImageFormatException special(Path place) {
        return new ImageFormatException(
                place, "a named pipe, a device or a socket", "a file on a disk, which can be read from any place");
    }
}
