package org.scaledimaging.engine.align;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.Placement;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.LowResolutionImage;

/**
 * Lays an image that is given as a parameter over the image that is processed: through the world where both are
 * oriented, else by index.
 *
 * @param map from full-resolution voxels to voxels of the image given; spatial axes in the order of the processed image
 * @param clamp whether the image given shows the same field of view, so that it covers all
 * @param notices what the user has to know
 */
record GridMatch(VoxelMap map, boolean clamp, Placement image, Placement given, List<Notice> notices) {
    /** Below this part of the image covered, the image may be the wrong one. */
    private static final double MUCH = 0.5;

    private static final double ALL = 0.95;

    /**
     * @param setting what was set to it, as messages mention it
     * @param name of the image given
     * @param given with the spatial axes of the processed image
     * @throws ParameterException when it lies elsewhere, has another size, or a unit that does not compare
     */
    static GridMatch of(String setting, String name, ImageMetadata given, LowResolutionImage low)
            throws ParameterException {
        return new GridMatching(setting, name, given, low.fullResolution(), low.metadata(), low.factors()).match();
    }

    /** As {@link #of(String, String, ImageMetadata, LowResolutionImage)}, of an image at full resolution alone. */
    static GridMatch of(String setting, String name, ImageMetadata given, ImageMetadata image)
            throws ParameterException {
        int[] ones = new int[image.dimensions().size()];
        Arrays.fill(ones, 1);
        return new GridMatching(setting, name, given, image, image, ones).match();
    }

    /**
     * Tells users what part of the processed image the one given covers, and what they have to know besides.
     *
     * @param covered from 0 to 1
     * @param rest what becomes of the rest, the end of a sentence
     * @throws ParameterException when it covers nothing
     */
    void tell(String setting, String name, double covered, String rest, Execution execution) throws ParameterException {
        if (covered == 0) {
            throw elsewhere(setting, image, given);
        }
        notices.forEach(execution::tell);
        if (covered < ALL) {
            String sentence = String.format(
                    Locale.ROOT,
                    "%s: %s, at %s, covers %.3g %% of %s, at %s; the rest %s.",
                    setting,
                    name,
                    given.where(),
                    100 * covered,
                    image.name(),
                    image.where(),
                    rest);
            execution.tell(covered < MUCH ? Notice.warning(sentence) : Notice.information(sentence));
        }
    }

    /** That an image lies where the processed one does not. */
    static ParameterException elsewhere(String setting, Placement image, Placement given) {
        return new ParameterException(
                setting,
                given.name() + ", which lies elsewhere, at " + given.where(),
                "an image of what " + image.name() + " shows, which lies at " + image.where());
    }
}
