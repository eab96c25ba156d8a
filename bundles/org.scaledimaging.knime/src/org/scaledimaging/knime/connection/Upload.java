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
            if (target.getParent() != null) {
                Folders.createAll(target.getParent());
            }
            if (Files.isDirectory(local)) {
                FolderUpload.run(local, target, handling.verify, execution.withProgress(progress));
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

    /** The file, after those that are beside it such as a sidecar. */
    private void files(Path folder, Path file, Progress progress) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = new ArrayList<>(all.filter(each -> !each.equals(file)).toList());
        }
        files.add(file);
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

    /** What is there already stays until the new file is whole. */
    private void file(Path local, Path there, Progress progress) throws IOException {
        Path part = Folders.beside(there, "part");
        try {
            Streams.copyWhole(local, part, handling.verify, progress);
            if (Files.isDirectory(there)) {
                Folders.delete(there, Execution.standard().withProgress(progress.untold()));
            }
            Files.move(part, there, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Folders.deleteQuietly(part, e);
            throw e;
        }
    }
}
