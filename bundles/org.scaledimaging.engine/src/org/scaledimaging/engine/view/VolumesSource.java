package org.scaledimaging.engine.view;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.image.Volumes;

/**
 * An image whose volumes, one for each channel and time point, are images of their own, opened when voxels of theirs are
 * wanted. Voxels of volumes that there are not are 0. Thread-safe where the volumes are.
 */
public final class VolumesSource extends StoredLevel implements Preparation {
    private static final int MOST_OPENED = 4096;

    private final Store store;
    private final int level;
    private final BoundedCache<Integer, Optional<ImageSource>> opened;
    private volatile boolean told;

    /** Where the volumes come from. */
    public interface Store extends Closeable {
        /**
         * Opens a volume, with its levels, along the spatial axes of the image in their order; nothing where there is none.
         *
         * @param index along the axes that are not spatial
         */
        Optional<ImageSource> open(long[] index) throws IOException;

        /** As {@link ImageSource#checkUnchanged}. */
        void checkUnchanged() throws IOException;

        /** What users are to know before they use the image, a sentence each. */
        default List<String> warnings() {
            return List.of();
        }
    }

    private VolumesSource(
            Store store,
            ImageMetadata metadata,
            int level,
            int[] volumeChunk,
            BoundedCache<Integer, Optional<ImageSource>> opened) {
        super(metadata, chunkShape(metadata, volumeChunk));
        this.store = store;
        this.level = level;
        this.opened = opened;
    }

    private static int[] chunkShape(ImageMetadata metadata, int[] volumeChunk) {
        int[] chunk = new int[metadata.dimensions().size()];
        Arrays.fill(chunk, 1);
        System.arraycopy(volumeChunk, 0, chunk, chunk.length - volumeChunk.length, volumeChunk.length);
        return chunk;
    }

    /**
     * @param store closed together with the image
     * @param first one of the volumes that there are, for its chunks
     * @param levels of the image, finest first, their spatial axes last; no more than each volume has
     */
    public static ImageSource of(Store store, ImageSource first, List<ImageMetadata> levels) {
        BoundedCache<Integer, Optional<ImageSource>> opened = new BoundedCache<>(MOST_OPENED);
        List<VolumesSource> sources = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            int[] chunk = first.levels().get(level).chunkShape();
            sources.add(new VolumesSource(store, levels.get(level), level, chunk, opened));
        }
        return link(sources);
    }

    @Override
    public void read(Block target) throws IOException {
        Volumes volumes = Volumes.of(metadata());
        volumes.fill(target, (index, part) -> {
            Optional<ImageSource> volume = opened.get(volumes.numberOf(index), 1, () -> store.open(index));
            if (volume.isPresent()) {
                volume.get().levels().get(level).read(part);
            } else {
                part.copyFrom(Block.allocate(part.pixelType(), part.interval()));
            }
        });
    }

    @Override
    public boolean isCostly() {
        return true;
    }

    @Override
    public boolean isPrepared() {
        return told || level > 0 || store.warnings().isEmpty();
    }

    /** Says what is to be known. */
    @Override
    public void prepare(Execution execution) {
        if (!isPrepared()) {
            store.warnings().forEach(warning -> execution.tell(Notice.warning(warning)));
            told = true;
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        store.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
