package org.scaledimaging.engine.format.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.planes.PlaneFiles;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.StoredLevel;
import org.scaledimaging.engine.place.OpenedFiles;
import org.scaledimaging.engine.web.WebFiles;

/** An image whose planes are pictures, each decoded whole when it is wanted, straight into place or through a cache. */
final class PictureSource extends StoredLevel implements Preparation {
    private static final long CHUNK_BYTES = 4 << 20;
    private static final long CHUNK_PLANES = 64;

    private final Path place;
    private final PlaneFiles.Found files;
    private final PictureFile first;
    private final OpenedFiles opened;
    private final BoundedCache<Path, Object> cache = BoundedCache.ofHeap();
    private volatile boolean told;

    private PictureSource(
            Path place, PlaneFiles.Found files, PictureFile first, OpenedFiles opened, ImageMetadata metadata) {
        super(metadata, chunkShape(metadata, first));
        this.place = place;
        this.files = files;
        this.first = first;
        this.opened = opened;
    }

    /** @param files at least one */
    static PictureSource of(Path place, PlaneFiles.Found files, String name) throws IOException {
        OpenedFiles opened = new OpenedFiles(place);
        for (Path file : files.all().toList()) {
            opened.add(file);
        }
        PictureFile first = PictureFile.open(files.all().findFirst().orElseThrow());
        List<Dimension> dimensions = new ArrayList<>();
        add(dimensions, Axis.T, files.files().length);
        add(dimensions, Axis.C, (long) files.files()[0].length * first.samples());
        add(dimensions, Axis.Z, files.files()[0][0].length);
        dimensions.add(Dimension.of(Axis.Y, first.height()));
        dimensions.add(Dimension.of(Axis.X, first.width()));
        ImageMetadata metadata = ImageMetadata.of(name, first.type(), dimensions.toArray(Dimension[]::new));
        if (first.samples() == 1 && !files.channels().isEmpty()) {
            metadata = metadata.withChannels(files.channels(), Optional.empty());
        } else if (first.samples() > 2 && files.files()[0].length == 1) {
            metadata = ChannelColours.ofPixels(metadata, first.samples());
        }
        return new PictureSource(place, files, first, opened, metadata);
    }

    private static void add(List<Dimension> dimensions, Axis axis, long length) {
        if (length > 1) {
            dimensions.add(Dimension.of(axis, length));
        }
    }

    /** Whole planes; small ones up to 64 along z. */
    private static int[] chunkShape(ImageMetadata metadata, PictureFile first) {
        int[] chunk = new int[metadata.dimensions().size()];
        for (int d = 0; d < chunk.length; d++) {
            long length = metadata.dimensions().get(d).length();
            chunk[d] = (int)
                    switch (metadata.dimensions().get(d).axis()) {
                        case T -> 1;
                        case C -> first.samples();
                        case Z -> Math.min(length, Math.min(CHUNK_PLANES, Math.max(1, CHUNK_BYTES / first.bytes())));
                        case Y, X -> length;
                    };
        }
        return chunk;
    }

    @Override
    public void read(Block target) throws IOException {
        Interval interval = target.interval();
        metadata().interval().checkContains(interval);
        if (interval.isEmpty()) {
            return;
        }
        long[] time = range(interval, Axis.T);
        long[] channel = range(interval, Axis.C);
        long[] slice = range(interval, Axis.Z);
        int together = first.samples();
        for (long t = time[0]; t < time[1]; t++) {
            for (long c = channel[0] / together; c * together < channel[1]; c++) {
                for (long z = slice[0]; z < slice[1]; z++) {
                    read(t, c, z, target);
                }
            }
        }
    }

    private void read(long time, long channel, long slice, Block target) throws IOException {
        Interval whole = where(time, channel, slice);
        Optional<Path> file = files.file(time, channel, slice);
        if (file.isEmpty()) {
            target.copyFrom(Block.allocate(metadata().pixelType(), whole.intersect(target.interval())));
            return;
        }
        Object voxels = target.interval().contains(whole)
                ? decoded(file.get()) // all of it: it will hardly be wanted again
                : cache.get(file.get(), first.bytes(), () -> decoded(file.get()));
        target.copyFrom(new Block(metadata().pixelType(), whole, voxels));
    }

    private Object decoded(Path file) throws IOException {
        Object voxels = PictureFile.voxels(file, first);
        opened.check(file);
        return voxels;
    }

    /** The part of the image that a picture is. */
    private Interval where(long time, long channel, long slice) {
        int axes = metadata().dimensions().size();
        long[] min = new long[axes];
        long[] shape = metadata().shape();
        for (int d = 0; d < axes; d++) {
            switch (metadata().dimensions().get(d).axis()) {
                case T -> {
                    min[d] = time;
                    shape[d] = 1;
                }
                case C -> {
                    min[d] = channel * first.samples();
                    shape[d] = first.samples();
                }
                case Z -> {
                    min[d] = slice;
                    shape[d] = 1;
                }
                case Y, X -> {}
            }
        }
        return Interval.at(min, shape);
    }

    @Override
    public boolean isRemote() {
        return WebFiles.has(first.path());
    }

    @Override
    public boolean isCostly() {
        return true;
    }

    @Override
    public boolean isPrepared() {
        return told || files.lacks(place).isEmpty();
    }

    /** Says what is missing. */
    @Override
    public void prepare(Execution execution) {
        files.lacks(place).ifPresent(lack -> execution.tell(Notice.warning(lack)));
        told = true;
    }

    @Override
    public void checkUnchanged() throws IOException {
        opened.check();
    }

    @Override
    public String toString() {
        return place + " " + Arrays.toString(metadata().shape());
    }
}
