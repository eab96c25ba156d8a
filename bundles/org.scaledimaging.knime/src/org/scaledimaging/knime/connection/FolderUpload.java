package org.scaledimaging.knime.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.execute.SharedProgress;

/**
 * An OME-Zarr folder written to another file system, several files at once. The image's own metadata come last, so that it is
 * no image before it is whole. What is there already gives way when the new one is uploaded beside it; where folders cannot
 * be moved, it goes first. What fails or is cancelled leaves what was there, and nothing else.
 */
final class FolderUpload {
    private final Path local;
    private final Path target;
    private final Upload.Handling handling;
    private final Execution execution;

    private FolderUpload(Path local, Path target, Upload.Handling handling, Execution execution) {
        this.local = local;
        this.target = target;
        this.handling = handling;
        this.execution = execution;
    }

    /** Writes what is in a local folder, instead of whatever is there if that may be overwritten. */
    static void run(Path local, Path target, Upload.Handling handling, Execution execution) throws IOException {
        new FolderUpload(local, target, handling, execution).run();
    }

    private void run() throws IOException {
        boolean exists = Files.exists(target);
        if (exists && !handling.overwrite()) {
            throw Upload.taken(target, target); // somebody else's, since the node began
        }
        if (exists && Folders.canBeMoved(target)) {
            replace();
            return;
        }
        if (exists) {
            Folders.delete(target, execution);
        }
        Files.createDirectory(target); // fails if it is somebody else's by now, who keeps it then
        try {
            upload(target);
            addOwnMetadata();
        } catch (IOException | RuntimeException e) {
            Folders.deleteQuietly(target, e);
            throw e;
        }
    }

    private void replace() throws IOException {
        Path part = Folders.beside(target, "part");
        Path old = Folders.beside(target, "old");
        Files.createDirectory(part);
        try {
            upload(part);
            swap(part, old);
        } catch (IOException | RuntimeException e) {
            Folders.deleteQuietly(part, e);
            throw e;
        }
        IOException left = new IOException("what was overwritten is still there");
        Folders.deleteQuietly(old, left);
        if (left.getSuppressed().length > 0) {
            execution.tell(Notice.warning(old + ": found what was overwritten, which could not be removed ("
                    + left.getSuppressed()[0].getMessage() + "), expected nothing: remove it."));
        }
    }

    /** Without the metadata of either there is no image while folders are moved, which some do file by file. */
    private void swap(Path part, Path old) throws IOException {
        Map<Path, byte[]> metadata = ownMetadata(target);
        boolean away = false;
        try {
            for (Map.Entry<Path, byte[]> file : metadata.entrySet()) {
                write(before(file.getKey()), file.getValue()); // for whoever finds it, should this process be killed
            }
            for (Path file : metadata.keySet()) {
                Files.delete(file);
            }
            Files.move(target, old);
            away = true;
            Files.move(part, target);
            addOwnMetadata();
        } catch (IOException | RuntimeException e) {
            boolean all = away;
            Undisturbed.run(e, () -> putBack(old, all, metadata));
            throw e;
        }
    }

    /** @param away whether all was moved; else it may be in either place: file systems that copy delete when all is copied */
    private void putBack(Path old, boolean away, Map<Path, byte[]> metadata) throws IOException {
        if (away || Folders.count(old) > Folders.count(target)) {
            Folders.delete(target, Execution.standard());
            Files.move(old, target);
        } else {
            Folders.delete(old, Execution.standard());
        }
        for (Map.Entry<Path, byte[]> file : metadata.entrySet()) {
            write(file.getKey(), file.getValue());
            Files.deleteIfExists(before(file.getKey()));
        }
    }

    /** What an image's own metadata are called beside where they were, while there is to be no image. */
    private static Path before(Path metadata) {
        return metadata.resolveSibling(metadata.getFileName() + Folders.BEFORE);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes);
        }
    }

    private static Map<Path, byte[]> ownMetadata(Path folder) throws IOException {
        Map<Path, byte[]> found = new LinkedHashMap<>();
        for (String name : Folders.OWN_METADATA) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    found.put(file, in.readAllBytes());
                }
            }
        }
        return found;
    }

    /** All but the image's own metadata: voxels first. */
    private void upload(Path root) throws IOException {
        List<Path> inside;
        try (Stream<Path> all = Files.walk(local)) {
            inside = all.sorted().toList();
        }
        Folders.create(
                inside.stream()
                        .filter(each -> !each.equals(local) && Files.isDirectory(each))
                        .map(each -> there(root, each))
                        .toList(),
                execution);
        List<Path> files = new ArrayList<>(inside.stream()
                .filter(Files::isRegularFile)
                .filter(Predicate.not(this::isOwnMetadata))
                .toList());
        SharedProgress progress = new SharedProgress(execution.progress(), Math.max(1, files.size()));
        files.sort((one, other) -> Boolean.compare(isMetadata(one), isMetadata(other)));
        int metadata = (int) files.stream().filter(FolderUpload::isMetadata).count();
        copy(root, files, IntStream.range(0, files.size() - metadata), progress);
        copy(root, files, IntStream.range(files.size() - metadata, files.size()), progress);
    }

    private void copy(Path root, List<Path> files, IntStream which, SharedProgress progress) throws IOException {
        List<Integer> indices = which.boxed().toList();
        Iterator<Integer> items = indices.iterator();
        OrderedTasks.run(items, indices.size(), Folders.atOnce(execution), "uploaded", index -> {
            Path file = files.get(index);
            Streams.copyWhole(file, there(root, file), handling.verify(), progress.of(index));
            progress.of(index).report(1, "uploaded");
        });
    }

    private void addOwnMetadata() throws IOException {
        for (String name : Folders.OWN_METADATA) {
            Path file = local.resolve(name);
            if (Files.isRegularFile(file)) {
                Streams.copyWhole(
                        file,
                        target.resolve(name),
                        handling.verify(),
                        execution.progress().untold());
            }
        }
    }

    private Path there(Path root, Path file) {
        Path there = root;
        for (Path name : local.relativize(file)) {
            there = there.resolve(name.toString());
        }
        return there;
    }

    private boolean isOwnMetadata(Path file) {
        return local.equals(file.getParent()) && isMetadata(file);
    }

    private static boolean isMetadata(Path file) {
        return Folders.OWN_METADATA.contains(file.getFileName().toString());
    }
}
