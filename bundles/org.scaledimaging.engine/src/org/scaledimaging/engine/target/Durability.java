package org.scaledimaging.engine.target;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.execute.Progress;

/**
 * Has written files reach the disk, so that they outlast a power cut. A JVM that is started with
 * {@code -Dscaledimaging.durability=none} does not wait for that: for tests of other things, whose files nobody keeps.
 */
public final class Durability {
    private static final boolean WANTED = !"none".equals(System.getProperty("scaledimaging.durability"));

    /** Far more than processors: they wait, and the file system makes one journal entry for all that wait. */
    private static final int THREADS = 16;

    private Durability() {}

    /**
     * Returns when a file, or a folder and all in it, are on the disk.
     *
     * @throws java.util.concurrent.CancellationException when the progress says so, between two files
     */
    public static void force(Path written, Progress progress) throws IOException {
        if (!WANTED) {
            progress.checkCancelled();
            return;
        }
        if (!Files.isDirectory(written, LinkOption.NOFOLLOW_LINKS)) {
            forceOne(written);
            return;
        }
        try (Stream<Path> files = Files.walk(written)) {
            Iterator<Path> all = files.iterator(); // as it goes: there may be millions
            OrderedTasks.run(all, Long.MAX_VALUE, new Execution(THREADS, progress.untold()), "", file -> {
                if (Files.isDirectory(file)) {
                    forceNames(file);
                } else {
                    forceOne(file);
                }
            });
        }
    }

    private static void forceOne(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Returns when the names in a folder are on the disk; where systems let nobody open folders, at once. */
    static void forceNames(Path folder) {
        if (!WANTED) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows, and some file systems: they see to it themselves, or cannot be made to
        }
    }
}
