package org.scaledimaging.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.omezarr.CollectionWriter;
import org.scaledimaging.engine.format.omezarr.collection.CollectionLayout;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * Several images that belong together: the fields of view of a plate or well of OME-Zarr, or the series of a collection or
 * of a file. Which there are is known from metadata; each is opened on its own. Immutable and thread-safe.
 */
public final class ImageCollection {
    private static final double MAKING = 0.5;

    private final CollectionLayout layout;

    private ImageCollection(CollectionLayout layout) {
        this.layout = layout;
    }

    /** What is made of an image; estimating is done here, all else when the result is saved. */
    @FunctionalInterface
    public interface Change {
        /**
         * @param member which image it is
         * @param execution for what is done now
         */
        Image apply(Member member, Image image, Execution execution) throws IOException, ParameterException;
    }

    /**
     * Looks what a place holds.
     *
     * @return nothing where it is one image
     * @throws ImageFormatException when there is no image, or it is damaged
     */
    public static Optional<ImageCollection> find(ImageLocation location) throws IOException {
        return ImageFormats.collection(location).map(ImageCollection::new);
    }

    /**
     * Opens a plate, a well or a collection.
     *
     * @throws ImageFormatException when the path holds none
     */
    public static ImageCollection open(Path path) throws IOException {
        return open(ImageLocation.of(path));
    }

    /** As {@link #open(Path)}, of a path or an address on a web server. */
    public static ImageCollection open(ImageLocation location) throws IOException {
        return find(location)
                .orElseThrow(() -> new ImageFormatException(
                        location,
                        "a single image",
                        "a plate, a well or a collection of OME-Zarr, or a file of several images"));
    }

    /** What kind of collection it is, its name, wells and acquisitions. */
    public CollectionLayout layout() {
        return layout;
    }

    /**
     * All images, in the order of wells and fields, or of series.
     *
     * @throws ImageFormatException when a well that the plate lists has no metadata
     */
    public List<Member> members() throws IOException {
        return layout.members();
    }

    /** Opens one of {@link #members}. */
    public Image open(Member member) throws IOException {
        return Image.open(member.location());
    }

    /**
     * Saves a plate or collection with what is made of each image, under the paths that the images have here, with the
     * metadata of plate and wells. The target appears when all images are written, or not at all.
     *
     * @param change what is made of each image
     * @throws ParameterException when an option or the change does not fit an image, which the sentence names
     * @throws ImageFormatException when an image is damaged or missing
     */
    public void saveOmeZarr(Path target, OmeZarrWriteOptions options, Change change, Execution execution)
            throws IOException, ParameterException {
        saveOmeZarr(ImageLocation.of(target), options, change, execution);
    }

    /**
     * As {@link #saveOmeZarr(Path, OmeZarrWriteOptions, Change, Execution)}, at a path or an address of an object store,
     * where nothing is there yet: a plate or collection there cannot be replaced at once.
     */
    public void saveOmeZarr(ImageLocation target, OmeZarrWriteOptions options, Change change, Execution execution)
            throws IOException, ParameterException {
        checkWhole();
        CollectionWriter.write(
                layout,
                target,
                options,
                (member, folder, part) -> save(member, folder, options, change, target, part),
                execution);
    }

    /**
     * Says now what saving would say of the target.
     *
     * @throws ParameterException when the options do not fit it
     */
    public void check(ImageLocation target, OmeZarrWriteOptions options) throws IOException, ParameterException {
        checkWhole();
        CollectionWriter.check(layout, target, options);
    }

    private void checkWhole() throws ImageFormatException {
        if (layout.kind() == CollectionLayout.Kind.WELL) {
            throw new ImageFormatException(
                    layout.location(),
                    layout.holds(),
                    "one of them, chosen by " + Setting.FIELD_OF_VIEW + ", or the whole plate");
        }
    }

    private void save(
            Member member,
            ImageLocation folder,
            OmeZarrWriteOptions options,
            Change change,
            ImageLocation target,
            Execution execution)
            throws IOException, ParameterException {
        try (Opened opened = new Opened(open(member))) {
            opened.newest = change.apply(member, opened.newest, execution.part(0, MAKING));
            opened.newest.saveOmeZarr(
                    folder, options.withOverwrite(false).withSources(List.of()), execution.part(MAKING, 1));
        } catch (TargetException e) {
            throw e;
        } catch (IOException e) {
            throw FileFailures.explain(e, target);
        }
    }

    /** Closing the last of a chain closes those that it was made from. */
    private static final class Opened implements java.io.Closeable {
        private Image newest;

        Opened(Image image) {
            this.newest = image;
        }

        @Override
        public void close() throws IOException {
            newest.close();
        }
    }
}
