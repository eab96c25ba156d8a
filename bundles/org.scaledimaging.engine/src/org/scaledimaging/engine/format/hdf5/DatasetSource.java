package org.scaledimaging.engine.format.hdf5;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Telling;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Dataset;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.StoredLevel;

/** An image, or a level of one, that is a dataset, or its beginning where the dataset is padded. */
final class DatasetSource extends StoredLevel implements Telling {
    private final Hdf5Dataset dataset;
    private final ChunkCache cache;
    private final boolean closesFile;
    private Optional<Notice> remark = Optional.empty();

    /**
     * @param metadata an axis for each of the dataset's, not longer than that
     * @param cache of decoded chunks, shared by the datasets of a file
     * @param closesFile whether nobody else reads the file
     */
    DatasetSource(Hdf5Dataset dataset, ImageMetadata metadata, ChunkCache cache, boolean closesFile) {
        super(metadata, chunkShape(dataset, metadata));
        this.dataset = dataset;
        this.cache = cache;
        this.closesFile = closesFile;
    }

    /** The image with something that its users have to know of it. To be called before anybody reads. */
    DatasetSource withRemark(Notice notice) {
        remark = Optional.of(notice);
        return this;
    }

    @Override
    public void tellTo(Consumer<Notice> notices) {
        remark.ifPresent(notice -> Telling.once(notice, notices));
    }

    private static int[] chunkShape(Hdf5Dataset dataset, ImageMetadata metadata) {
        int[] chunk = dataset.chunkShape();
        long[] shape = metadata.shape();
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] = (int) Math.min(chunk[d], shape[d]);
        }
        return chunk;
    }

    @Override
    public void read(Block target) throws IOException {
        dataset.read(target, cache);
    }

    @Override
    public boolean isCostly() {
        return dataset.isSlow();
    }

    @Override
    public void checkUnchanged() throws IOException {
        dataset.node().file().opened().check();
    }

    @Override
    public void close() {
        if (closesFile) {
            dataset.node().file().close();
        }
    }

    @Override
    public String toString() {
        return dataset.toString();
    }
}
