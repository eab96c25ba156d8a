package org.scaledimaging.knime.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;

/**
 * Files that killed processes left beside a place that they wrote to: known by names that only we give, and by nobody
 * having written to it for a day, since these file systems have no locks.
 */
final class Abandoned {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private Abandoned() {}

    /** Removes it, once there is something whole in that place. What cannot be removed waits for the next that is written. */
    static void remove(Path target) {
        Pattern ours =
                Pattern.compile(Pattern.quote("." + target.getFileName() + ".") + "[0-9a-f]{8}\\.(part|old|try)");
        try {
            List<Path> left;
            try (Stream<Path> beside = Files.list(target.getParent())) {
                left = beside.filter(each ->
                                ours.matcher(each.getFileName().toString()).matches())
                        .toList();
            }
            for (Path each : left) {
                if (isQuiet(each)) {
                    Folders.delete(each, Execution.standard());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // what was to be written is there
        }
    }

    /** Folders of object stores have no time, or that of 1970. */
    private static boolean isQuiet(Path path) throws IOException {
        Instant newest = Instant.EPOCH;
        List<Path> all;
        try (Stream<Path> inside = Files.walk(path)) {
            all = inside.toList();
        }
        for (Path each : all) {
            FileTime time = Files.getLastModifiedTime(each);
            newest = time.toInstant().isAfter(newest) ? time.toInstant() : newest;
        }
        return newest.isAfter(Instant.EPOCH) && newest.isBefore(Instant.now().minus(LONGEST_PAUSE));
    }
}
