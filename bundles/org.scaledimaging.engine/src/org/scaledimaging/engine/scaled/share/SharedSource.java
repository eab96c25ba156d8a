package org.scaledimaging.engine.scaled.share;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.spill.StoredBlock;

/** What estimates are made from, as a low-resolution image: a volume per group, made of volumes that are stored. */
final class SharedSource implements ImageSource {
    private static final int CHUNK = 64;

    private final ImageMetadata metadata;
    private final List<List<StoredBlock>> members;
    private final Combination combination;
    private final Optional<Block> outside;
    private final Volumes volumes;

    /**
     * @param metadata of the groups, spatial axes last
     * @param members of each group
     * @param outside NaN where voxels take no part and 0 elsewhere, of the same pixel type; a block of a volume
     */
    SharedSource(
            ImageMetadata metadata, List<List<StoredBlock>> members, Combination combination, Optional<Block> outside) {
        this.metadata = metadata;
        this.members = members;
        this.combination = combination;
        this.outside = outside;
        this.volumes = Volumes.of(metadata);
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        int[] chunk = new int[metadata.dimensions().size()];
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] = d < volumes.leadingAxes() ? 1 : (int) Math.min(CHUNK, metadata.shape()[d]);
        }
        return chunk;
    }

    @Override
    public void read(Block target) throws IOException {
        Interval region = volumes.spatial(target.interval());
        for (long[] group : volumes.touchedBy(target.interval())) {
            Block part = Block.allocate(target.pixelType(), region);
            combination.combine(members.get(volumes.numberOf(group)), part);
            if (outside.isPresent()) {
                leaveOut(part);
            }
            target.copyFrom(part.at(volumes.inVolume(group, region)));
        }
    }

    private void leaveOut(Block part) {
        Block none = Block.allocate(part.pixelType(), part.interval());
        none.copyFrom(outside.orElseThrow());
        if (part.voxels() instanceof float[] values) {
            float[] left = (float[]) none.voxels();
            for (int i = 0; i < part.size(); i++) {
                values[i] = Float.isNaN(left[i]) ? Float.NaN : values[i];
            }
        } else {
            double[] values = (double[]) part.voxels();
            double[] left = (double[]) none.voxels();
            for (int i = 0; i < part.size(); i++) {
                values[i] = Double.isNaN(left[i]) ? Double.NaN : values[i];
            }
        }
    }
}
