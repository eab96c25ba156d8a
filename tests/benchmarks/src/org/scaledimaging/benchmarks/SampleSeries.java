package org.scaledimaging.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * The sample series: the biased sample, three times coarser, at six times with noise of its own each. Writes
 * series.nii.gz.
 *
 * <p>Arguments: the folder docs/sample; the folder to write to.
 */
public final class SampleSeries {
    private static final int TIMES = 6;
    private static final double SECONDS = 2;
    private static final double NOISE = 6;

    private SampleSeries() {}

    /** Float32 voxels, axes t, z, y, x. */
    private record Series(ImageMetadata metadata, float[] voxels) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return new int[] {1, 64, 64, 64};
        }

        @Override
        public void read(Block target) {
            target.copyFrom(new Block(PixelType.FLOAT32, metadata.interval(), voxels));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path biased = Path.of(arguments[0]).resolve("biased.nii.gz");
        try (Image image = Image.open(biased).downsample(List.of(3)).convert(PixelType.FLOAT32)) {
            float[] volume =
                    (float[]) image.source().read(image.metadata().interval()).voxels();
            List<Dimension> dimensions = new ArrayList<>();
            dimensions.add(new Dimension(Axis.T, TIMES, SECONDS, "second", 0));
            dimensions.addAll(image.metadata().dimensions());
            float[] voxels = new float[TIMES * volume.length];
            Random random = new Random(6);
            for (int i = 0; i < voxels.length; i++) {
                voxels[i] = (float) Math.max(0, Math.rint(volume[i % volume.length] + NOISE * random.nextGaussian()));
            }
            ImageMetadata metadata =
                    image.metadata().withPixelType(PixelType.FLOAT32).withDimensions(dimensions);
            Image.of(new Series(metadata, voxels))
                    .convert(PixelType.INT16)
                    .saveNifti(
                            Path.of(arguments[1]).resolve("series.nii.gz"),
                            NiftiWriteOptions.defaults().withOverwrite(true).withCompressionLevel(9),
                            Execution.standard());
        }
    }
}
