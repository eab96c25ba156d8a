package org.scaledimaging.engine;

import java.io.IOException;
import org.scaledimaging.engine.align.GridImage;
import org.scaledimaging.engine.align.GridMask;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.scaled.ImageOpener;

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
        return read(value, execution, (name, source) -> GridMask.of(mention(parameter), name, source, low, execution));
    }

    /**
     * Which part of each low-resolution voxel is in a mask (different from 0 and no NaN), 0 to 1, row-major; 0 outside the
     * mask's image. A mask without a voxel is allowed.
     *
     * @param parameter as {@link #mask} has it, like the other parameters and exceptions
     */
    public static float[] parts(String parameter, String value, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        return read(
                value, execution, (name, source) -> GridMask.parts(mention(parameter), name, source, low, execution));
    }

    /**
     * A value for each low-resolution voxel, row-major; NaN outside the image and where nothing is finite.
     *
     * @param parameter as {@link #mask} has it, like the other parameters and exceptions
     */
    public static float[] values(String parameter, String value, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        return read(
                value, execution, (name, source) -> GridImage.values(mention(parameter), name, source, low, execution));
    }

    private static String mention(String parameter) {
        return Setting.parameter(parameter);
    }

    /** Makes something of an image that is given. */
    private interface Reading<T> {
        T of(String name, ImageSource source) throws IOException, ParameterException;
    }

    private static <T> T read(String value, Execution execution, Reading<T> reading)
            throws IOException, ParameterException {
        try (Image given = Image.ofParameter(value, execution)) {
            T made = reading.of(ImageOpener.name(value, given.metadata()), given.source());
            given.checkUnchanged();
            return made;
        }
    }
}
