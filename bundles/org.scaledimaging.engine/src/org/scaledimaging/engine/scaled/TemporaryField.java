package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.omezarr.OmeZarrReader;
import org.scaledimaging.engine.format.omezarr.OmeZarrWriter;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.field.FieldSource;
import org.scaledimaging.engine.target.TemporaryFolder;
import org.scaledimaging.engine.view.TransposedSource;
import org.scaledimaging.engine.view.View;

/** A field at full resolution in a temporary OME-Zarr, which others can look at; removed on close unless it is kept. */
final class TemporaryField extends View {
    private static final int SMALLEST_CHUNK = 1 << 12;
    private static final int LARGEST_CHUNK = 1 << 24;
    private static final List<String> FILES = List.of("zarr.json", "0/zarr.json");

    private final Path place;
    private final TemporaryFolder folder;

    private TemporaryField(ImageSource stored, Path place, TemporaryFolder folder) {
        super(stored, stored.metadata());
        this.place = place;
        this.folder = folder;
    }

    /**
     * @param chunkSize per spatial axis; empty for the image's own
     * @throws org.scaledimaging.engine.message.TargetException when the place for it exists already or cannot be written
     */
    static ImageSource write(FieldSource field, int[] chunkSize, ScaledProcessingOptions options, Execution execution)
            throws IOException, ParameterException {
        TemporaryFolder folder = null;
        Path target;
        if (options.tempZarrPath().isPresent()) {
            target = options.tempZarrPath().get();
            TemporaryFolder.removeAbandoned(target);
        } else if (options.keepTemp()) {
            target = TemporaryFolder.createKept().resolve("field.ome.zarr");
        } else {
            folder = TemporaryFolder.create();
            target = folder.path().resolve("field.ome.zarr");
        }
        try {
            OmeZarrWriteOptions layout = OmeZarrWriteOptions.defaults()
                    .withLevels(1)
                    .withChunks(chunkSize.length == 0 ? chunksAsRead(field) : chunkSize)
                    .withCompression(Compression.forTemporary());
            OmeZarrWriter.write(field, target, layout, null, execution);
            if (folder == null && !options.keepTemp()) {
                folder = TemporaryFolder.adopt(target);
            }
            ImageSource stored = OmeZarrReader.open(target);
            return new TemporaryField(TransposedSource.of(stored, order(stored, field)), target, folder);
        } catch (IOException | ParameterException | RuntimeException e) {
            if (folder != null) {
                folder.close();
            }
            throw e;
        }
    }

    /** The image's own chunks, so that each of the field is read once; none in particular where these make poor files. */
    private static int[] chunksAsRead(FieldSource field) {
        int[] chunk = field.chunkShape();
        List<Integer> spatial = new ArrayList<>();
        long voxels = 1;
        for (int d = 0; d < chunk.length; d++) {
            Dimension dimension = field.metadata().dimensions().get(d);
            if (dimension.axis().isSpatial()) {
                spatial.add((int) Math.min(chunk[d], dimension.length()));
                voxels *= spatial.get(spatial.size() - 1);
            }
        }
        return voxels < SMALLEST_CHUNK || voxels > LARGEST_CHUNK
                ? new int[0]
                : spatial.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The order that gives the stored image the field's axes back. */
    private static AxisOrder order(ImageSource stored, ImageSource field) {
        return AxisOrder.sorting(
                stored.metadata().dimensions(),
                Comparator.comparing(dimension -> field.metadata().indexOf(dimension.axis())));
    }

    @Override
    protected void compute(Block target) throws IOException {
        super.compute(target);
        // A chunk that is missing reads as 0. Whoever clears away temporary files would have us compute with that.
        for (String file : FILES) {
            if (!Files.exists(place.resolve(file))) {
                throw new ImageFormatException(place, "a temporary image that somebody removed", "one that stays");
            }
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (folder != null) {
            folder.close();
        }
    }
}
