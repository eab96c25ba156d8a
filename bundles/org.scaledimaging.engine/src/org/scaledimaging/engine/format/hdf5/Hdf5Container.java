package org.scaledimaging.engine.format.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Dataset;
import org.scaledimaging.engine.format.hdf5.file.Hdf5File;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Node;
import org.scaledimaging.engine.format.hdf5.file.Signature;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;

/** A file of HDF5 of which other metadata tell what is where in it. Thread-safe. */
public final class Hdf5Container implements Closeable {
    private static final int MOST_NUMBERS = 1 << 16;

    private final Hdf5File file;
    private final Hdf5Node root;
    private final ChunkCache cache = new ChunkCache();

    private Hdf5Container(Hdf5File file) throws IOException {
        this.file = file;
        this.root = file.root();
    }

    /** Whether a place is a file of HDF5. Reads a few bytes. */
    public static boolean isAt(Path path) throws IOException {
        return Signature.isIn(path);
    }

    /** @throws ImageFormatException when it is of another format or damaged */
    public static Hdf5Container open(Path path) throws IOException {
        Hdf5File file = Hdf5File.open(path, new OpenedFiles(path));
        try {
            return new Hdf5Container(file);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** The names in the root group. */
    public List<String> names() throws IOException {
        return root.names();
    }

    /** The values of a small dataset, row by row; none where there is no dataset. */
    public double[] numbers(String path) throws IOException {
        Optional<Hdf5Node> node = root.at(path);
        return node.isPresent() ? Hdf5Dataset.numbers(node.get(), MOST_NUMBERS) : new double[0];
    }

    /**
     * Three-dimensional datasets as the levels of an image along z, y and x, with voxels of size 1; int16 as uint16, as which
     * BigDataViewer stores it. Nothing where one of them is missing. Closing the image leaves the file open.
     *
     * @param paths finest first
     */
    public Optional<ImageSource> volume(List<String> paths) throws IOException {
        List<DatasetSource> levels = new ArrayList<>();
        for (String path : paths) {
            Optional<Hdf5Node> node = root.at(path);
            if (node.isEmpty()) {
                return Optional.empty();
            }
            Hdf5Dataset dataset = Hdf5Dataset.open(node.get());
            if (dataset.pixelType() == PixelType.INT16) {
                dataset = Hdf5Dataset.open(node.get(), Optional.of(PixelType.UINT16));
            }
            long[] shape = dataset.shape();
            boolean same = levels.isEmpty() || levels.get(0).metadata().pixelType() == dataset.pixelType();
            if (shape.length != 3 || !same) {
                throw new ImageFormatException(
                        node.get().location(),
                        dataset.pixelType().label() + " along " + shape.length + " axes",
                        "a volume of the type of the first level");
            }
            ImageMetadata metadata = ImageMetadata.of(
                    path,
                    dataset.pixelType(),
                    Dimension.of(Axis.Z, shape[0]),
                    Dimension.of(Axis.Y, shape[1]),
                    Dimension.of(Axis.X, shape[2]));
            levels.add(new DatasetSource(dataset, metadata, cache, false));
        }
        return Optional.of(StoredLevel.link(levels));
    }

    /** As {@link ImageSource#checkUnchanged}, of this file and those that it links to. */
    public void checkUnchanged() throws IOException {
        file.opened().check();
    }

    @Override
    public void close() {
        file.close();
    }
}
