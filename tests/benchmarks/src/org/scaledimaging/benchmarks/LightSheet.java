package org.scaledimaging.benchmarks;

import java.util.Random;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * A made volume with what makes real light-sheet images hard to compress: the {@link Phantom}'s structure as the mean of
 * photons that are counted, each two grey levels, over a camera's offset of 100 with its noise of two levels. To be read
 * whole.
 */
record LightSheet(int edge) implements ImageSource {
    private Phantom structure() {
        return new Phantom(edge, edge, edge);
    }

    @Override
    public ImageMetadata metadata() {
        return structure().metadata();
    }

    @Override
    public int[] chunkShape() {
        return new int[] {edge, edge, edge};
    }

    @Override
    public void read(Block target) {
        Block whole = Block.allocate(PixelType.UINT16, metadata().interval());
        structure().read(whole);
        short[] voxels = (short[]) whole.voxels();
        Random random = new Random(1);
        for (int i = 0; i < voxels.length; i++) {
            double photons = voxels[i] / 2.0;
            double counted = photons + Math.sqrt(photons) * random.nextGaussian(); // hundreds: as good as Poisson's
            voxels[i] = (short) Math.max(0, Math.round(100 + 2 * Math.rint(counted) + 2 * random.nextGaussian()));
        }
        target.copyFrom(whole);
    }
}
