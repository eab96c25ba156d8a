package org.scaledimaging.knime.table;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.setting.Sentences;

/**
 * The images at a place: those of a folder whose names fit, those of a plate, well or collection, or the single one that it
 * is. Folders are walked in the order of their names, and images not entered.
 */
public final class ImageListing {
    /** What many files end with that are no images. */
    private static final String ANY_ZIP = ".zip";

    private final ListImagesParameters parameters;
    private final ImageLocation place;
    private final PathMatcher matcher;
    private final List<String> failures = new ArrayList<>();
    private final Set<Path> taken = new HashSet<>();

    public ImageListing(ListImagesParameters parameters) throws ParameterException {
        this.parameters = parameters;
        this.place = parameters.location();
        this.matcher = parameters.matcher();
    }

    /**
     * An image of the list.
     *
     * @param place the file or folder; the whole plate, well or collection where it is in one
     * @param location where to open it
     * @param collection the plate, well or collection that it is in, and which of its images it is
     */
    public record Listed(ImageLocation place, ImageLocation location, Optional<InCollection> collection) {}

    /** Which image of a plate, well or collection it is. */
    public record InCollection(ImageCollection of, Member member) {}

    /** Who is told of each image. */
    @FunctionalInterface
    public interface Found {
        void accept(Listed listed, Image image) throws IOException, ParameterException;
    }

    /**
     * Opens all images, one after the other.
     *
     * @return what was wrong with those that were left out, a sentence each
     * @throws IOException when there is nothing, or an image cannot be read and that is to fail
     */
    public List<String> forEach(Execution execution, Found found) throws IOException, ParameterException {
        Progress progress = execution.progress();
        List<ImageLocation> places = places(progress);
        for (int i = 0; i < places.size(); i++) {
            String about = "image " + (i + 1) + " of " + places.size();
            Progress part = progress.part((double) i / places.size(), (i + 1.0) / places.size())
                    .about(about);
            try {
                if (isNew(places.get(i))) {
                    each(places.get(i), part, found);
                }
            } catch (IOException e) {
                leaveOut(e);
            }
        }
        progress.report(1, "listed");
        return failures;
    }

    private void each(ImageLocation location, Progress progress, Found found) throws IOException, ParameterException {
        Optional<ImageCollection> several = ImageCollection.find(location);
        if (several.isEmpty()) {
            open(new Listed(location, location, Optional.empty()), found);
            return;
        }
        List<Member> members = several.get().members();
        for (int i = 0; i < members.size(); i++) {
            progress.checkCancelled();
            progress.report((double) i / members.size(), "part " + (i + 1) + " of " + members.size());
            Member member = members.get(i);
            try {
                open(
                        new Listed(location, member.location(), Optional.of(new InCollection(several.get(), member))),
                        found);
            } catch (IOException e) {
                leaveOut(e);
            }
        }
    }

    private void open(Listed listed, Found found) throws IOException, ParameterException {
        try (Image image = Image.open(listed.location)) {
            found.accept(listed, image);
        }
    }

    private void leaveOut(IOException e) throws IOException {
        if (parameters.damaged == ListImagesParameters.Damaged.FAIL) {
            throw e;
        }
        failures.add(Sentences.of(e));
    }

    /** Some images are in several files, and each of these opens them: an OME-TIFF, a NIfTI pair. */
    private boolean isNew(ImageLocation location) throws IOException {
        Optional<Path> file = location.path().filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return true;
        }
        List<Path> files = ImageFormats.of(location).files(file.get());
        boolean isNew = Collections.disjoint(taken, files);
        taken.addAll(files);
        return isNew;
    }

    private List<ImageLocation> places(Progress progress) throws IOException {
        Optional<Path> folder = place.path().filter(Files::isDirectory);
        if (folder.isEmpty() || isImage(folder.get())) {
            ImageFormats.of(place); // says what is wrong with a place that holds nothing
            return List.of(place);
        }
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                folder.get(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), parameters.depth(), new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                        progress.checkCancelled();
                        if (entered.equals(folder.get())) {
                            return FileVisitResult.CONTINUE;
                        }
                        return isHidden(entered) || isImage(entered) && take(entered)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (!isHidden(file) && matches(file) && isImage(file)) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                        leaveOut(e);
                        return FileVisitResult.CONTINUE;
                    }

                    private boolean take(Path image) {
                        return !matches(image) || found.add(image);
                    }

                    private boolean matches(Path path) {
                        return matcher.matches(folder.get().relativize(path));
                    }
                });
        return found.stream().sorted().map(ImageLocation::of).toList();
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    /**
     * By content, or by an ending that says that it should be one: that is told of, not passed over. A folder of TIFF files
     * is one here to list, though it can be opened as the planes of one image.
     */
    private static boolean isImage(Path path) {
        try {
            ImageFormat format = ImageFormats.of(ImageLocation.of(path));
            return !Files.isDirectory(path) || !format.fileEndings().contains(".tif");
        } catch (ImageFormatException e) {
            String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
            return ImageFormats.ALL.stream()
                    .flatMap(format ->
                            (Files.isDirectory(path) ? format.targetEndings() : format.fileEndings()).stream())
                    .anyMatch(ending -> !ending.equals(ANY_ZIP) && name.endsWith(ending));
        } catch (IOException e) {
            return true; // opening it says what is wrong
        }
    }
}
