package org.scaledimaging.knime.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.ExecutionContext;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;

/** The folders that nodes keep in the workflow's file stores: one for each image that needs it, written once. */
public final class Kept {
    private static final String PIXELS = "image.ome.zarr";
    private static final String PART = "part-%d";
    private static final String ESTIMATE = "process-%d.estimate";

    private Kept() {}

    /** A new folder of the workflow's. */
    public static FileStore store(String name, ExecutionContext context) throws IOException {
        FileStore store = context.createFileStore(name);
        Files.createDirectories(folder(store));
        return store;
    }

    public static Path folder(FileStore store) {
        return store.getFile().toPath();
    }

    /**
     * A new folder with all that an image's folder holds, if it has one. Files are linked to, not copied, where the file
     * system can do that: they are never changed.
     */
    public static FileStore continued(String name, ScaledImagePortObject image, ExecutionContext context)
            throws IOException {
        FileStore store = store(name, context);
        if (image.store().isPresent()) {
            link(folder(image.store().get()), folder(store));
        }
        return store;
    }

    /**
     * The recipe of another image that goes into an image's own, as of a mask: what the other has in the workflow is linked
     * into a folder below this image's, so that both go together.
     *
     * @param folder of the image that the recipe becomes part of
     */
    public static String recipe(ScaledImagePortObject other, Path folder, Execution execution)
            throws IOException, ParameterException {
        Optional<Path> part = Optional.empty();
        if (other.store().isPresent()) {
            int number = 1;
            while (Files.exists(folder.resolve(String.format(PART, number)))) {
                number++;
            }
            part = Optional.of(folder.resolve(String.format(PART, number)));
            link(folder(other.store().get()), part.get());
        }
        try (Image image = other.open(part, execution)) {
            return image.toJson();
        }
    }

    private static void link(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(from)) {
            files = walked.toList(); // folders come before what is in them
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                linkOrCopy(file, target);
            }
        }
    }

    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(file, target); // a file system without links; what is really wrong shows here again
        }
    }

    /** A file in a folder for one more estimate. */
    public static Path nextEstimate(Path folder) {
        int number = 1;
        while (Files.exists(folder.resolve(String.format(ESTIMATE, number)))) {
            number++;
        }
        return folder.resolve(String.format(ESTIMATE, number));
    }

    /**
     * Writes an image's voxels into a folder of the workflow's, in a few large files: workflows are saved by copying file
     * by file.
     */
    public static ScaledImagePortObject pixels(Image image, FileStore store, Execution execution)
            throws IOException, ParameterException {
        Path target = folder(store).resolve(PIXELS);
        image.saveOmeZarr(target, options(image.metadata()), execution);
        try (Image written = Image.open(target)) {
            return ScaledImagePortObject.of(written, Optional.of(store));
        }
    }

    private static OmeZarrWriteOptions options(ImageMetadata image) {
        long spatial = image.dimensions().stream()
                .filter(dimension -> dimension.axis().isSpatial() && dimension.length() > 1)
                .count();
        OmeZarrWriteOptions all = OmeZarrWriteOptions.defaults().withLabelsAlong(true);
        return spatial > 2
                ? all.withChunks(64).withShards(512)
                : all.withChunks(512).withShards(8192);
    }
}
