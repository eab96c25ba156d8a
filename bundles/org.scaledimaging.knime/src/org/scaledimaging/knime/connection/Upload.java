package org.scaledimaging.knime.connection;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.TemporaryFolder;
import org.scaledimaging.knime.setting.text.Location;

/**
 * Writes to another file system: here first, in a temporary folder, then file by file to there. A single file gets its name
 * when it is whole. A folder has its metadata last, so that it is no image until it is whole; what was uploaded of one that
 * fails is removed.
 */
public final class Upload {
    /** How much of the work is done when all is written here, as far as anybody can tell. */
    private static final double WRITTEN = 0.7;

    private final ImageLocation.Elsewhere place;
    private final Path target;
    private final Handling handling;

    /**
     * What the settings say.
     *
     * @param overwrite what is there already
     * @param createFolders that are missing above it
     * @param verify read all back and compare it
     */
    public record Handling(boolean overwrite, boolean createFolders, boolean verify) {}

    /** Writes the file or folder on this computer. */
    @FunctionalInterface
    public interface Writing {
        void to(Path local, Execution execution) throws IOException, ParameterException;
    }

    private Upload(ImageLocation.Elsewhere place, Handling handling) throws IOException {
        this.place = place;
        this.target = place.find();
        this.handling = handling;
    }

    /**
     * Writes to a place of whatever kind, straight where it is on this computer.
     *
     * @throws TargetException when there is something already, or no folder to write to
     */
    public static void write(ImageLocation place, Handling handling, Writing writing, Execution execution)
            throws IOException, ParameterException {
        if (place instanceof ImageLocation.Elsewhere elsewhere) {
            new Upload(elsewhere, handling).write(writing, execution);
        } else {
            writing.to(place.path().orElseThrow(), execution);
        }
    }

    private void write(Writing writing, Execution execution) throws IOException, ParameterException {
        check();
        try (TemporaryFolder here = TemporaryFolder.create()) {
            Path folder = Files.createDirectory(here.path().resolve("written"));
            Path local = folder.resolve(place.name());
            writing.to(local, execution.withProgress(execution.progress().part(0, WRITTEN)));
            Progress progress = execution.progress().part(WRITTEN, 1);
            createFolders();
            if (Files.isDirectory(local)) {
                folder(local, progress);
            } else {
                files(folder, local, progress);
            }
        }
    }

    private void check() throws IOException {
        if (target.getFileName() == null) {
            throw new TargetException(place, "the root of a file system", "the name of a file or folder to write");
        }
        if (Files.exists(target) && !handling.overwrite) {
            throw new TargetException(
                    place,
                    Files.isDirectory(target) ? "an existing folder" : "an existing file",
                    "a name that is free, or " + Setting.OVERWRITE);
        }
        Path parent = target.getParent();
        if (!handling.createFolders && parent != null && !Files.isDirectory(parent)) {
            throw new TargetException(place, "no folder " + parent, "an existing folder, or Create missing folders");
        }
    }

    private void createFolders() throws IOException {
        if (target.getParent() != null) {
            create(target.getParent());
        }
    }

    /** One after the other: few of these file systems can make several at once. */
    private static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            create(folder.getParent());
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) { // else somebody made it meanwhile
                throw e;
            }
        }
    }

    /** The file, after those that are beside it such as a sidecar. */
    private void files(Path folder, Path file, Progress progress) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = new ArrayList<>(all.filter(each -> !each.equals(file)).toList());
        }
        files.add(file);
        if (Files.isDirectory(target)) {
            delete(target);
        }
        double all = 0;
        for (Path each : files) {
            all += 1 + Files.size(each);
        }
        double done = 0;
        for (Path each : files) {
            double next = done + 1 + Files.size(each);
            file(each, target.resolveSibling(each.getFileName().toString()), progress.part(done / all, next / all));
            done = next;
        }
    }

    private void file(Path local, Path there, Progress progress) throws IOException {
        String name = there.getFileName().toString();
        Path part = there.resolveSibling(
                "." + name + "." + UUID.randomUUID().toString().substring(0, 8) + ".part");
        try {
            copy(local, part, progress);
            Files.move(part, there, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            removeQuietly(List.of(part), e);
            throw e;
        }
    }

    private void copy(Path local, Path there, Progress progress) throws IOException {
        long size = Files.size(local);
        Streams.copy(local, there, size, progress);
        long found = Files.size(there);
        if (found != size || handling.verify && !Streams.isSame(local, there, progress)) {
            throw new TargetException(
                    there,
                    found == size ? "other bytes than were written" : found + " bytes",
                    found == size ? "the same" : size + ", as were written");
        }
    }

    private void folder(Path local, Progress progress) throws IOException {
        if (Files.exists(target)) {
            delete(target);
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(local)) {
            files = new ArrayList<>(all.filter(Files::isRegularFile).toList());
        }
        files.sort(Comparator.comparing(Upload::isMetadata)
                .thenComparing(file -> isMetadata(file) ? -file.getNameCount() : 0)
                .thenComparing(Comparator.naturalOrder()));
        Set<Path> folders = new HashSet<>();
        Deque<Path> made = new ArrayDeque<>();
        try {
            make(target, folders, made);
            for (int i = 0; i < files.size(); i++) {
                progress.checkCancelled();
                Path there = target;
                for (Path name : local.relativize(files.get(i).getParent())) {
                    there = name.toString().isEmpty() ? there : there.resolve(name.toString());
                    make(there, folders, made);
                }
                there = there.resolve(files.get(i).getFileName().toString());
                made.push(there);
                copy(files.get(i), there, progress.part((double) i / files.size(), (i + 1.0) / files.size()));
            }
        } catch (IOException | RuntimeException e) {
            removeQuietly(made, e);
            throw e;
        }
    }

    private static void make(Path folder, Set<Path> folders, Deque<Path> made) throws IOException {
        if (folders.add(folder)) {
            Files.createDirectory(folder);
            made.push(folder);
        }
    }

    private static boolean isMetadata(Path file) {
        return Location.ZARR_METADATA.contains(file.getFileName().toString());
    }

    /** Its metadata first, so that what is left of it is no image. */
    private static void delete(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            for (String name : Location.ZARR_METADATA) {
                Files.deleteIfExists(target.resolve(name));
            }
            List<Path> inside;
            try (Stream<Path> all = Files.list(target)) {
                inside = all.toList();
            }
            for (Path each : inside) {
                delete(each);
            }
        }
        Files.deleteIfExists(target);
    }

    private static void removeQuietly(Iterable<Path> made, Exception because) {
        for (Path each : made) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                because.addSuppressed(e);
            }
        }
    }
}
