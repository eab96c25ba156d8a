package org.scaledimaging.engine;

import java.io.IOException;
import org.scaledimaging.engine.align.GridImage;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.view.View;

/**
 * An image that a plugin is given as a parameter (a mask, a weight, a guide), on the grid of the low-resolution image. It is
 * matched in the world where both images are oriented, else by index with sizes compared; docs/contracts.md has the rules.
 * A low-resolution voxel gets the mean of the voxels whose centres lie in it, or else the value at its own centre.
 */
public final class ParameterImage {
    private ParameterImage() {}

    /**
     * Where a mask has a voxel: half or more of it is different from 0 (and no NaN). Outside the mask's image there is none.
     *
     * @param parameter its name, for messages
     * @param value the parameter's value, as {@link Image#ofParameter} takes it, no keyword
     * @param low as a plugin's low-resolution step gets it
     * @param execution is told where the mask covers only a part, or matching it took an assumption
     * @return a flag per low-resolution voxel, row-major
     * @throws ParameterException when the image's axes are not those of the image (others may have length 1), it lies
     *     elsewhere, has another size or an incompatible unit, or no voxel is in it
     * @throws IOException when it cannot be read
     */
    public static boolean[] mask(String parameter, String value, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        float[] parts = parts(parameter, value, low, execution);
        boolean[] mask = new boolean[parts.length];
        boolean any = false;
        for (int i = 0; i < mask.length; i++) {
            mask[i] = parts[i] >= 0.5f;
            any |= mask[i];
        }
        if (!any) {
            throw new ParameterException(
                    Setting.parameter(parameter),
                    "an image in which no voxel is different from 0 at low resolution",
                    "a mask with a voxel in it");
        }
        return mask;
    }

    /**
     * Which part of each low-resolution voxel is in a mask (different from 0 and no NaN), 0 to 1, row-major; 0 outside the
     * mask's image. A mask without a voxel is allowed.
     *
     * @param parameter as {@link #mask} has it, like the other parameters and exceptions
     */
    public static float[] parts(String parameter, String value, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        float[] parts = read(parameter, value, true, low, execution);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i] > 0 ? parts[i] : 0;
        }
        return parts;
    }

    /**
     * A value for each low-resolution voxel, row-major; NaN outside the image and where nothing is finite.
     *
     * @param parameter as {@link #mask} has it, like the other parameters and exceptions
     */
    public static float[] values(String parameter, String value, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        return read(parameter, value, false, low, execution);
    }

    private static float[] read(
            String parameter, String value, boolean mask, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        try (Image given = Image.ofParameter(value, execution)) {
            ImageSource source = mask ? new Inside(given.source()) : given.source();
            String name = value.startsWith("{") ? given.metadata().name() : value;
            float[] values = GridImage.values(parameter, name, source, low, execution);
            given.checkUnchanged();
            return values;
        }
    }

    /** 1 where an image is different from 0 and a number, else 0. */
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
