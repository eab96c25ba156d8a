package org.scaledimaging.knime.table;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.knime.core.data.filestore.FileStore;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.ImageFormat;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileNames;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.TemporaryFolder;
import org.scaledimaging.knime.connection.Download;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.NodePlaces;

/**
 * The images at a place: those of a folder whose names fit, those of a plate, well or collection, or the single one that it
 * is. Folders are walked in the order of their names, and images not entered.
 */
public final class ImageListing {
    /** What many files end with that are no images. */
    /** Formats of which a folder may be opened as the planes of one image. */
    private static final Set<String> OF_PLANES = Set.of("TIFF", "PNG");

    private static final String ANY_ZIP = ".zip";

    /** The other file of a pair, which the header's stands for. */
    private static final List<String> SECOND = List.of(".img", ".img.gz");

    private final ListImagesParameters parameters;
    private final NodePlaces places;
    private final ImageLocation place;
    private final Keeping keeping;
    private final PathMatcher matcher;
    private final List<String> failures = new ArrayList<>();
    private final Set<Path> taken = new HashSet<>();

    /**
     * @param places what the node's places mean
     * @param keeping where files from elsewhere are kept
     */
    public ImageListing(ListImagesParameters parameters, NodePlaces places, Keeping keeping) throws ParameterException {
        this.parameters = parameters;
        this.places = places;
        this.place = parameters.location(places);
        this.keeping = keeping;
        this.matcher = parameters.matcher();
    }

    /**
     * An image of the list.
     *
     * @param place the file or folder; the whole plate, well or collection where it is in one
     * @param location where to open it
     * @param collection the plate, well or collection that it is in, and which of its images it is
     * @param brought the file from another file system that it is, if it is one
     */
    public record Listed(
            ImageLocation place,
            ImageLocation location,
            Optional<InCollection> collection,
            Optional<Brought> brought) {}

    /**
     * A single file from another file system.
     *
     * @param from where it is
     * @param folder that it was put into
     * @param store that the folder is of, if the file is kept
     */
    public record Brought(ImageLocation from, Path folder, Optional<FileStore> store) {}

    /** A new file store for each file that is kept; nothing where none is. */
    @FunctionalInterface
    public interface Keeping {
        Optional<FileStore> next() throws IOException;
    }

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
        List<ImageLocation> images = images(progress);
        for (int i = 0; i < images.size(); i++) {
            String about = "image " + (i + 1) + " of " + images.size();
            Progress part = progress.part((double) i / images.size(), (i + 1.0) / images.size())
                    .about(about);
            try {
                if (images.get(i) instanceof ImageLocation.Elsewhere elsewhere) {
                    elsewhere(elsewhere, execution.withProgress(part), found);
                } else if (isNew(images.get(i))) {
                    each(images.get(i), Optional.empty(), part, found);
                }
            } catch (IOException e) {
                leaveOut(e);
            }
        }
        progress.report(1, "listed");
        return failures;
    }

    /** Brings a single file here, for as long as it is looked at or as it is kept. */
    private void elsewhere(ImageLocation.Elsewhere location, Execution execution, Found found)
            throws IOException, ParameterException {
        if (Files.isDirectory(location.find())) {
            each(location, Optional.empty(), execution.progress(), found);
            return;
        }
        Optional<FileStore> store = keeping.next();
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            if (store.isEmpty() && isListedByMetadata(location, temporary, found)) {
                return;
            }
            Path folder = store.isPresent()
                    ? store.get().getFile().toPath()
                    : Files.createDirectory(temporary.path().resolve("file"));
            Path copy = Download.into(folder, location, execution).orElseThrow();
            each(
                    ImageLocation.of(copy),
                    Optional.of(new Brought(location, folder, store)),
                    execution.progress(),
                    found);
        }
    }

    /** Whether it took no more than a file's first bytes; what is wrong with one is said of all of it. */
    private boolean isListedByMetadata(ImageLocation.Elsewhere location, TemporaryFolder temporary, Found found)
            throws IOException, ParameterException {
        Path folder = Files.createDirectory(temporary.path().resolve("metadata"));
        Optional<Image> image;
        try {
            Optional<Path> copy = Download.metadataInto(folder, location);
            image = copy.isPresent() ? Optional.of(Image.open(copy.get())) : Optional.empty();
        } catch (ImageFormatException e) {
            return false;
        }
        if (image.isEmpty()) {
            return false;
        }
        try (Image opened = image.get()) {
            ImageLocation copy = ImageLocation.of(folder.resolve(location.name()));
            Optional<Brought> brought = Optional.of(new Brought(location, folder, Optional.empty()));
            found.accept(new Listed(copy, copy, Optional.empty(), brought), opened);
            return true;
        }
    }

    /** How the place of an image is written in a table: as users write one in the same node. */
    public String text(Listed listed, ImageLocation location) throws IOException {
        if (listed.brought().isEmpty()) {
            return places.text(location);
        }
        Path from = listed.brought().get().folder();
        Path file = location.path().orElseThrow();
        Path first = from.relativize(file).getName(0); // the file itself, and behind it what is inside
        String inside = from.resolve(first).relativize(file).toString().replace('\\', '/');
        return places.text(listed.brought().get().from()) + (inside.isEmpty() ? "" : "/" + inside);
    }

    private void each(ImageLocation location, Optional<Brought> brought, Progress progress, Found found)
            throws IOException, ParameterException {
        Optional<ImageCollection> several = ImageCollection.find(location);
        if (several.isEmpty()) {
            open(new Listed(location, location, Optional.empty(), brought), found);
            return;
        }
        List<Member> members = several.get().members();
        for (int i = 0; i < members.size(); i++) {
            progress.checkCancelled();
            progress.report((double) i / members.size(), "part " + (i + 1) + " of " + members.size());
            Member member = members.get(i);
            try {
                Optional<InCollection> inside = Optional.of(new InCollection(several.get(), member));
                open(new Listed(location, member.location(), inside, brought), found);
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

    private List<ImageLocation> images(Progress progress) throws IOException {
        if (place instanceof ImageLocation.Elsewhere elsewhere) {
            Download.check(elsewhere);
            Path root = elsewhere.find();
            return !Files.isDirectory(root) || isImageThere(root)
                    ? List.of(Download.imageOf(elsewhere))
                    : walk(root, ImageListing::isImageThere, progress).stream()
                            .map(path -> elsewhere.inside(FileNames.slashed(root.relativize(path))))
                            .toList();
        }
        Optional<Path> folder = place.path().filter(Files::isDirectory);
        if (folder.isEmpty() || isImage(folder.get())) {
            ImageFormats.of(place); // says what is wrong with a place that holds nothing
            return List.of(place);
        }
        return walk(folder.get(), ImageListing::isImage, progress).stream()
                .map(ImageLocation::of)
                .toList();
    }

    private List<Path> walk(Path folder, Predicate<Path> isImage, Progress progress) throws IOException {
        FolderWalk walk = new FolderWalk(folder, matcher, isImage, this::leaveOut, progress);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), parameters.depth(), walk);
        return walk.found();
    }

    /** By names alone, since looking into a file would bring all of it. */
    private static boolean isImageThere(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isDirectory(path)) {
            return Location.ZARR_METADATA.stream().anyMatch(metadata -> Files.isRegularFile(path.resolve(metadata)));
        }
        return SECOND.stream().noneMatch(name::endsWith)
                && ImageFormats.ALL.stream()
                        .flatMap(format -> format.names().fileEndings().stream())
                        .anyMatch(ending -> !ending.equals(ANY_ZIP) && name.endsWith(ending));
    }

    /**
     * By content, or by an ending that says that it should be one: that is told of, not passed over. A folder of TIFF files
     * or pictures is one here to list, though it can be opened as the planes of one image.
     */
    private static boolean isImage(Path path) {
        try {
            ImageFormat format = ImageFormats.of(ImageLocation.of(path));
            return !Files.isDirectory(path)
                    || !OF_PLANES.contains(format.names().name());
        } catch (ImageFormatException e) {
            String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
            return ImageFormats.ALL.stream()
                    .flatMap(format -> (Files.isDirectory(path)
                                    ? format.names().targetEndings()
                                    : format.names().fileEndings())
                            .stream())
                    .anyMatch(ending -> !ending.equals(ANY_ZIP) && name.endsWith(ending));
        } catch (IOException e) {
            return true; // opening it says what is wrong
        }
    }
}
