package org.scaledimaging.engine.scaled.share;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.spill.StoredBlock;

/** The low-resolution image that estimates are made from: a volume per group, made of volumes that are stored. */
final class SharedSource implements ImageSource {
    private static final int CHUNK = 64;

    private final ImageMetadata metadata;
    private final List<List<StoredBlock>> members;
    private final Combination combination;
    private final Optional<BitSet> inside;
    private final Volumes volumes;

    /**
     * @param metadata of the groups, spatial axes last
     * @param members of each group
     * @param inside which voxels of a volume take part, row-major; all where there is none
     */
    SharedSource(
            ImageMetadata metadata, List<List<StoredBlock>> members, Combination combination, Optional<BitSet> inside) {
        this.metadata = metadata;
        this.members = members;
        this.combination = combination;
        this.inside = inside;
        this.volumes = Volumes.of(metadata);
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return volumes.chunkShape(metadata, CHUNK);
    }

    @Override
    public void read(Block target) throws IOException {
        Interval region = volumes.spatial(target.interval());
        for (long[] group : volumes.touchedBy(target.interval())) {
            Block part = Block.allocate(target.pixelType(), region);
            combination.combine(members.get(volumes.numberOf(group)), part);
            if (inside.isPresent()) {
                leaveOut(part);
            }
            target.copyFrom(part.at(volumes.inVolume(group, region)));
        }
    }

    private void leaveOut(Block part) {
        BitSet mask = inside.orElseThrow();
        Interval volume = volumes.spatial(metadata.interval());
        Interval region = part.interval();
        long[] at = region.mins();
        for (int i = 0; i < part.size(); i++) {
            if (!mask.get((int) volume.number(at))) {
                if (part.voxels() instanceof float[] values) {
                    values[i] = Float.NaN;
                } else {
                    ((double[]) part.voxels())[i] = Double.NaN;
                }
            }
            for (int d = at.length - 1; d >= 0 && ++at[d] == region.max(d); d--) {
                at[d] = region.min(d);
            }
        }
    }
}
