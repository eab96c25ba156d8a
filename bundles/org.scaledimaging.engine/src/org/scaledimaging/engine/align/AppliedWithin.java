package org.scaledimaging.engine.align;

import java.io.Closeable;
import java.io.IOException;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.view.View;

/**
 * Limits a result to a mask: it becomes result · m + original · (1 − m), where m is an image of any resolution, linear
 * between its voxels, at least 0 and at most 1, and 0 beyond it. Thread-safe.
 */
public record AppliedWithin(ImageOnGrid mask) implements Closeable {

    /**
     * @param setting what names the mask, for messages
     * @param name of the mask, for messages
     * @param given the mask; spatial axes as the image has them, channels and time points as many or one
     * @param image whose spatial axes come last
     * @param execution is told what the user has to know
     * @throws ParameterException when the mask has other axes, another size or unit, lies elsewhere, or is above 0 nowhere
     * @throws IOException when it cannot be read
     */
    public static AppliedWithin of(
            String setting, String name, ImageSource given, ImageMetadata image, Execution execution)
            throws IOException, ParameterException {
        AppliedWithin within = new AppliedWithin(ImageOnGrid.ofMask(setting, name, new Parts(given), image, execution));
        ValueLook look = ValueLook.at(given, 1, 0);
        if (look.all() && look.noneAbove()) {
            throw new ParameterException(
                    setting,
                    name + ", of which no voxel is above 0",
                    "a mask with values above 0 where the result counts");
        }
        return within;
    }

    /**
     * The same for a coarser level of the image.
     *
     * @param steps how many voxels of the image make one of the level, per spatial axis
     */
    public AppliedWithin on(ImageMetadata level, int[] steps) {
        return new AppliedWithin(mask.on(level, steps));
    }

    /**
     * Makes a result what it is where the mask says.
     *
     * @param volume index along the axes that are not spatial
     * @param original of the spatial axes, as the result: float32 or float64
     * @param result to be changed where the mask is not 1
     * @throws IOException when the mask cannot be read
     */
    public void blend(long[] volume, Block original, Block result) throws IOException {
        double[] parts = mask.values(volume, result.interval());
        if (result.pixelType() == PixelType.FLOAT32) {
            float[] before = (float[]) original.voxels();
            float[] after = (float[]) result.voxels();
            for (int i = 0; i < result.size(); i++) {
                after[i] = (float) blended(after[i], before[i], parts[i]);
            }
        } else {
            double[] before = (double[]) original.voxels();
            double[] after = (double[]) result.voxels();
            for (int i = 0; i < result.size(); i++) {
                after[i] = blended(after[i], before[i], parts[i]);
            }
        }
    }

    /** Outside, what cannot be computed is no matter. */
    private static double blended(double after, double before, double part) {
        return part == 1 ? after : part == 0 ? before : after * part + before * (1 - part);
    }

    /** @throws IOException when the mask is not what it was */
    public void checkUnchanged() throws IOException {
        mask.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        mask.close();
    }

    /** A mask's values as parts: those above 1 are 1, as in masks of 0 and 255; negative ones and NaN are 0. */
    private static final class Parts extends View {
        Parts(ImageSource image) {
            super(image, image.metadata().withPixelType(PixelType.FLOAT32).withLabels(false));
        }

        @Override
        protected void compute(Block target) throws IOException {
            target.convertFrom(image().read(target.interval()));
            float[] parts = (float[]) target.voxels();
            for (int i = 0; i < target.size(); i++) {
                parts[i] = parts[i] > 0 ? Math.min(1, parts[i]) : 0;
            }
        }
    }
}
