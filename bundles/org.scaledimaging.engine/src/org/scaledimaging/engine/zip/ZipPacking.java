package org.scaledimaging.engine.zip;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Progress;

/**
 * Packs a folder into a zip file, in bounded memory. What comes out depends on the names and contents of the files alone:
 * there are no times in it, and an order that does not depend on how they were made. Files are stored, not deflated.
 */
public final class ZipPacking {
    /** Numbers by their value, so that neighbouring chunks lie beside each other; everything else by its letters. */
    public static final Comparator<String> NATURAL = Comparator.<String, Boolean>comparing(name -> !isNumber(name))
            .thenComparing(name -> isNumber(name) ? name.length() : 0)
            .thenComparing(Comparator.naturalOrder());

    private static final String RECORDS = "central-directory.partial";

    private final Path folder;
    private final ZipWriter writer;
    private final Progress progress;
    private final long total;
    private long done;

    private ZipPacking(Path folder, ZipWriter writer, Progress progress, long total) {
        this.folder = folder;
        this.writer = writer;
        this.progress = progress;
        this.total = total;
    }

    /**
     * Moves all files of a folder into a new zip file: each is deleted once it is in, so that the disk holds the largest
     * one twice at most.
     *
     * @param first the names of those to come first, in that order
     * @param comment of the zip file; ASCII
     * @param progress is told how far it is, and may cancel
     */
    public static void pack(Path folder, List<String> first, Path target, String comment, Progress progress)
            throws IOException {
        long total = bytes(folder);
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileChannel records = FileChannel.open(
                        folder.resolve(RECORDS),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            ZipWriter writer = new ZipWriter(channel, records);
            ZipPacking packing = new ZipPacking(folder, writer, progress, total);
            for (String name : first) {
                packing.move(folder.resolve(name), name);
            }
            packing.moveAll(folder, "");
            writer.finish(comment);
        }
    }

    private static long bytes(Path folder) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }

    private void moveAll(Path from, String prefix) throws IOException {
        List<String> names;
        try (Stream<Path> inside = Files.list(from)) {
            names = inside.map(path -> path.getFileName().toString())
                    .filter(name -> !(prefix.isEmpty() && name.equals(RECORDS)))
                    .sorted(NATURAL)
                    .toList();
        }
        for (String name : names) {
            Path path = from.resolve(name);
            if (Files.isDirectory(path)) {
                moveAll(path, prefix + name + "/");
            } else {
                move(path, prefix + name);
            }
        }
    }

    private void move(Path file, String name) throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            writer.add(name, content, bytes -> {
                progress.checkCancelled();
                done += bytes;
                progress.report(total == 0 ? 1 : Math.min(1, (double) done / total), "packing");
            });
        }
        Files.delete(file);
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return "packing " + folder;
    }
}
