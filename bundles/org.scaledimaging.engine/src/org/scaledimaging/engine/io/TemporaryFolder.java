package org.scaledimaging.engine.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in the system's temporary folder that is gone after {@link #close}, or else when the JVM ends. */
public final class TemporaryFolder implements Closeable {
    private final Path path;
    private final Thread atExit;

    private TemporaryFolder(Path path) {
        this.path = path;
        this.atExit = new Thread(this::deleteQuietly, "scaled-imaging-cleanup");
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending: whoever made the folder is about to be told to stop, and closes it
        }
    }

    public static TemporaryFolder create() throws IOException {
        try {
            return new TemporaryFolder(Files.createTempDirectory("scaled-imaging-"));
        } catch (IOException e) {
            throw new TargetException(
                    System.getProperty("java.io.tmpdir"),
                    "a temporary folder that cannot be used",
                    "a writable one",
                    e);
        }
    }

    /** Takes charge of an existing folder or one that is to be made: it is deleted on close. */
    public static TemporaryFolder adopt(Path path) {
        return new TemporaryFolder(path);
    }

    public Path path() {
        return path;
    }

    private void deleteQuietly() {
        try {
            AtomicTarget.deleteAll(path);
        } catch (IOException e) {
            // the JVM is ending: nobody is left to be told
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending: the hook deletes too, but perhaps did before the last file was written
        }
        AtomicTarget.deleteAll(path);
    }
}
