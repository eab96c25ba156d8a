package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.ParallelRead;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;

/** The volumes of a low-resolution image, each read whole, in parallel, when it is first asked for. */
final class VolumesInMemory implements LowResolutionVolumes {
    private final ImageSource low;
    private final int[] factors;
    private final long[] unit;
    private final ImageMetadata full;
    private final Volumes volumes;
    private final Block[] blocks;

    /**
     * @param low the low-resolution image, spatial axes last
     * @param factors per spatial axis
     * @param chunkSize what one task computes, per spatial axis; empty for the image's own chunks
     * @param full of one volume at full resolution
     */
    VolumesInMemory(ImageSource low, int[] factors, int[] chunkSize, ImageMetadata full) {
        this.low = low;
        this.factors = factors;
        this.full = full;
        this.volumes = Volumes.of(low.metadata());
        this.blocks = new Block[volumes.count()];
        int[] chunk = low.chunkShape();
        System.arraycopy(chunkSize, 0, chunk, volumes.leadingAxes(), chunkSize.length);
        this.unit = Arrays.stream(chunk).asLongStream().toArray();
    }

    @Override
    public int count() {
        return blocks.length;
    }

    @Override
    public long channel(int number) {
        return index(number, Axis.C);
    }

    @Override
    public long time(int number) {
        return index(number, Axis.T);
    }

    private long index(int number, Axis axis) {
        int d = low.metadata().indexOf(axis);
        return d < 0 ? 0 : volumes.indexOf(number)[d];
    }

    @Override
    public LowResolutionImage image(int number, Execution execution) throws IOException {
        if (blocks[number] == null) {
            blocks[number] = read(volumes.indexOf(number), execution);
        }
        return image(blocks[number]);
    }

    /** Of one volume at low resolution. */
    ImageMetadata metadata() {
        return Volumes.volumeMetadata(low.metadata());
    }

    /** A volume of this image with voxels that are known already. */
    LowResolutionImage image(Block voxels) {
        return new LowResolutionImage(metadata(), voxels, factors.clone(), full);
    }

    /** Reads what nobody has asked for yet; all volumes. */
    List<Block> all(Execution execution) throws IOException {
        for (int number = 0; number < blocks.length; number++) {
            image(number, execution);
        }
        return List.of(blocks);
    }

    private Block read(long[] volume, Execution execution) throws IOException {
        Interval region = volumes.spatial(low.metadata().interval());
        Block voxels = ParallelRead.read(low, volumes.inVolume(volume, region), unit, execution, "downsampling");
        return new Block(voxels.pixelType(), region, voxels.voxels());
    }
}
