package org.scaledimaging.engine.align;

import java.io.IOException;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.view.View;

/** Brings a mask onto the grid of a low-resolution image: a voxel is in it where it is different from 0 and no NaN. */
public final class GridMask {
    private GridMask() {}

    /**
     * Which low-resolution voxels are in the mask: those of which half or more is. Parameters and exceptions as
     * {@link GridImage#values} has them.
     *
     * @return a flag per low-resolution voxel, row-major
     * @throws ParameterException also when no voxel is in it
     */
    public static boolean[] of(
            String setting, String name, ImageSource given, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        float[] parts = parts(setting, name, given, low, execution);
        boolean[] mask = new boolean[parts.length];
        boolean any = false;
        for (int i = 0; i < mask.length; i++) {
            mask[i] = parts[i] >= 0.5f;
            any |= mask[i];
        }
        if (!any) {
            throw new ParameterException(
                    setting,
                    name + ", in which no voxel is different from 0 at low resolution",
                    "a mask with a voxel in it");
        }
        return mask;
    }

    /** Which part of each low-resolution voxel is in the mask, 0 to 1, row-major; 0 outside its image. */
    public static float[] parts(
            String setting, String name, ImageSource given, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        float[] parts = GridImage.values(setting, name, inside(given), low, execution);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i] > 0 ? parts[i] : 0;
        }
        return parts;
    }

    /** 1 where an image is different from 0 and a number, else 0, as float32. */
    public static ImageSource inside(ImageSource image) {
        return new Inside(image);
    }

    private static final class Inside extends View {
        Inside(ImageSource image) {
            super(image, image.metadata().withPixelType(PixelType.FLOAT32).withLabels(false));
        }

        @Override
        protected void compute(Block target) throws IOException {
            double[] values = (double[])
                    image().read(target.interval()).convert(PixelType.FLOAT64).voxels();
            float[] inside = (float[]) target.voxels();
            for (int i = 0; i < target.size(); i++) {
                inside[i] = values[i] != 0 && !Double.isNaN(values[i]) ? 1 : 0;
            }
        }
    }
}
