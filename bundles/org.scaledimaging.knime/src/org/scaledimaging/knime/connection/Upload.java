package org.scaledimaging.knime.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.TemporaryFolder;

/**
 * Writes to another file system: here first, in a temporary folder, then to there. A file or folder gets its name when it is
 * whole, and what it overwrites stays until then, as far as the file system allows; what was uploaded of one that fails is
 * removed.
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
     * @throws TargetException when there is something already, or no folder to write to; also when a folder would be
     *     overwritten that is no OME-Zarr
     */
    public static void write(ImageLocation place, Handling handling, Writing writing, Execution execution)
            throws IOException, ParameterException {
        if (place instanceof ImageLocation.Elsewhere elsewhere) {
            new Upload(elsewhere, handling).write(writing, execution);
        } else {
            Path here = place.path().orElseThrow();
            if (handling.overwrite) {
                checkReplaceable(place, here);
            }
            writing.to(here, execution);
        }
    }

    /** Whoever chooses the folder to write into, instead of the one to write, loses nothing. */
    private static void checkReplaceable(Object place, Path there) throws IOException {
        if (Files.isDirectory(there) && !Folders.mayBeOmeZarr(there)) {
            throw new TargetException(
                    place, "a folder with other things than an OME-Zarr", "a name that is free, or one of an OME-Zarr");
        }
    }

    private void write(Writing writing, Execution execution) throws IOException, ParameterException {
        check();
        try (TemporaryFolder here = TemporaryFolder.create()) {
            Path folder = Files.createDirectory(here.path().resolve("written"));
            Path local = folder.resolve(place.name());
            writing.to(local, execution.part(0, WRITTEN));
            Progress progress = execution.progress().part(WRITTEN, 1);
            if (target.getParent() != null) {
                Folders.createAll(target.getParent());
            }
            if (Files.isDirectory(local)) {
                FolderUpload.run(local, target, handling, execution.withProgress(progress));
                Abandoned.remove(target);
            } else {
                files(folder, local, progress).forEach(Abandoned::remove);
            }
        }
    }

    private void check() throws IOException {
        if (target.getFileName() == null) {
            throw new TargetException(place, "the root of a file system", "the name of a file or folder to write");
        }
        if (Files.exists(target) && !handling.overwrite) {
            throw taken(place, target);
        }
        checkReplaceable(place, target);
        Path parent = target.getParent();
        if (!handling.createFolders && parent != null && !Files.isDirectory(parent)) {
            throw new TargetException(place, "no folder " + parent, "an existing folder, or Create missing folders");
        }
    }

    /** What is said of a name that is somebody's, be it from the start or since the upload began. */
    static TargetException taken(Object place, Path there) {
        return new TargetException(
                place,
                Files.isDirectory(there) ? "an existing folder" : "an existing file",
                "a name that is free, or " + Setting.OVERWRITE);
    }

    /**
     * The file, and those that are beside it such as a sidecar, which get their names first. What is there already stays
     * until all are whole; for good, unless it may be overwritten.
     *
     * @return where they are
     */
    private List<Path> files(Path folder, Path file, Progress progress) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = new ArrayList<>(all.filter(each -> !each.equals(file)).toList());
        }
        files.add(file);
        double all = 0;
        for (Path each : files) {
            checkFree(there(each));
            checkReplaceable(there(each), there(each));
            all += 1 + Files.size(each);
        }
        List<Path> uploaded = new ArrayList<>();
        try {
            double done = 0;
            for (Path each : files) {
                double next = done + 1 + Files.size(each);
                uploaded.add(Folders.beside(there(each), "part"));
                Path part = uploaded.get(uploaded.size() - 1);
                Streams.copyWhole(each, part, handling.verify, progress.part(done / all, next / all));
                done = next;
            }
            for (int i = 0; i < files.size(); i++) {
                Path there = there(files.get(i));
                boolean isNew = !Files.exists(there);
                putInPlace(uploaded.get(i), there);
                if (isNew) {
                    uploaded.set(i, there);
                }
            }
        } catch (IOException | RuntimeException e) {
            uploaded.forEach(each -> Folders.deleteQuietly(each, e));
            throw e;
        }
        return files.stream().map(this::there).toList();
    }

    private Path there(Path local) {
        return target.resolveSibling(local.getFileName().toString());
    }

    private void checkFree(Path there) throws TargetException {
        if (!handling.overwrite && Files.exists(there)) {
            throw taken(there, there);
        }
    }

    private void putInPlace(Path part, Path there) throws IOException {
        checkFree(there);
        if (Files.isDirectory(there)) {
            Folders.delete(there, Execution.standard());
        }
        if (handling.overwrite) {
            Files.move(part, there, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(part, there); // fails if it is somebody else's by now
        }
    }
}
