package org.scaledimaging.knime.connection;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;

/** Folders on other file systems, made and removed by several requests at a time. */
final class Folders {
    /** Requests at a time: what connections over SSH and FTP bear. */
    private static final int AT_ONCE = 4;

    /** The files of an image's folder without which it is none; what is made of the others comes first. */
    static final List<String> OWN_METADATA = List.of(".zmetadata", ".zarray", ".zattrs", ".zgroup", "zarr.json");

    /** What the names of these end with in a folder that is being replaced. */
    static final String BEFORE = ".before";

    /** What is in an image's folder besides: resolutions, labels, and metadata that were. */
    private static final Pattern OF_AN_IMAGE =
            Pattern.compile("\\d|[1-9]\\d|labels|[.]?z[a-z.]+" + Pattern.quote(BEFORE));

    private Folders() {}

    /** Tasks told by themselves, as many at once as file systems bear. */
    static Execution atOnce(Execution execution) {
        return execution.withThreads(AT_ONCE).withProgress(execution.progress().untold());
    }

    /** A name in the same folder that nobody else uses; hidden. */
    static Path beside(Path target, String kind) {
        String some = UUID.randomUUID().toString().substring(0, 8);
        return target.resolveSibling("." + target.getFileName() + "." + some + "." + kind);
    }

    /** Makes a folder, and those above it that are missing. */
    static void createAll(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            createAll(folder.getParent());
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) { // else somebody made it meanwhile
                throw e;
            }
        }
    }

    /** Makes folders that are in each other or in one that is there. */
    static void create(Collection<Path> folders, Execution execution) throws IOException {
        for (List<Path> level : levels(folders).values()) {
            OrderedTasks.run(level.iterator(), level.size(), atOnce(execution), "", Files::createDirectory);
        }
    }

    /** Removes a file, or a folder and all in it: its own metadata first, so that what is left of it is no image. */
    static void delete(Path target, Execution execution) throws IOException {
        if (!Files.isDirectory(target)) {
            Files.deleteIfExists(target);
            return;
        }
        for (String name : OWN_METADATA) {
            Files.deleteIfExists(target.resolve(name));
        }
        List<Path> inside;
        try (Stream<Path> all = Files.walk(target)) {
            inside = all.toList();
        }
        List<Path> files =
                inside.stream().filter(each -> !Files.isDirectory(each)).toList();
        OrderedTasks.run(files.iterator(), files.size(), atOnce(execution), "", Files::deleteIfExists);
        List<Path> folders = inside.stream().filter(Files::isDirectory).toList();
        for (List<Path> level : levels(folders).descendingMap().values()) {
            OrderedTasks.run(level.iterator(), level.size(), atOnce(execution), "", Files::deleteIfExists);
        }
    }

    /** As {@link #delete}, in spite of all. */
    static void deleteQuietly(Path target, Exception because) {
        Undisturbed.run(because, () -> delete(target, Execution.standard()));
    }

    /** Whether a folder is an OME-Zarr, or what a killed process left of one that it wrote or removed; or empty. */
    static boolean mayBeOmeZarr(Path folder) throws IOException {
        if (OWN_METADATA.stream().anyMatch(name -> Files.exists(folder.resolve(name)))) {
            return true;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.allMatch(
                    each -> OF_AN_IMAGE.matcher(each.getFileName().toString()).matches());
        }
    }

    /** How many files are in a folder; 0 where there is none. */
    static long count(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> !Files.isDirectory(each)).count();
        }
    }

    /** Whether folders beside this one can be moved together with what is in them: found by trying. */
    static boolean canBeMoved(Path target) {
        Path from = beside(target, "try");
        Path to = beside(target, "try");
        UnsupportedOperationException left = new UnsupportedOperationException("tried");
        try {
            Files.createDirectory(from);
            Files.write(from.resolve("file"), new byte[] {1});
            Files.move(from, to);
            return Files.exists(to.resolve("file")) && !Files.exists(from);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        } finally {
            deleteQuietly(from, left);
            deleteQuietly(to, left);
        }
    }

    private static TreeMap<Integer, List<Path>> levels(Collection<Path> folders) {
        return folders.stream()
                .collect(Collectors.groupingBy(
                        Path::getNameCount,
                        TreeMap::new,
                        Collectors.mapping(Function.identity(), Collectors.toList())));
    }
}
