package org.scaledimaging.knime.table;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.place.FileNames;

/** Finds the images of a folder, on any file system, whose names fit. Images are not entered, nor what is hidden. */
final class FolderWalk extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final PathMatcher matcher;
    private final Predicate<Path> isImage;
    private final Failure failure;
    private final Progress progress;
    private final List<Path> found = new ArrayList<>();

    /** What is done about a file that cannot be looked at. */
    @FunctionalInterface
    interface Failure {
        void of(IOException e) throws IOException;
    }

    /** @param matcher of paths of this computer's, relative to the folder */
    FolderWalk(Path folder, PathMatcher matcher, Predicate<Path> isImage, Failure failure, Progress progress) {
        this.folder = folder;
        this.matcher = matcher;
        this.isImage = isImage;
        this.failure = failure;
        this.progress = progress;
    }

    /** In the order of their paths. */
    List<Path> found() {
        return found.stream().sorted().toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
        progress.checkCancelled();
        if (entered.equals(folder)) {
            return FileVisitResult.CONTINUE;
        }
        return isHidden(entered) || isImage.test(entered) && take(entered)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!isHidden(file) && matches(file) && isImage.test(file)) {
            found.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        failure.of(e);
        return FileVisitResult.CONTINUE;
    }

    private boolean take(Path image) {
        return !matches(image) || found.add(image);
    }

    private boolean matches(Path path) {
        return matcher.matches(Path.of(FileNames.slashed(folder.relativize(path))));
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}
