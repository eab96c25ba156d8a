package org.scaledimaging.engine.segmentation;

import java.util.Arrays;
import java.util.List;

/**
 * The options for Otsu's thresholds.
 *
 * @param classes how many labels there are to be, 2 to 512
 * @param bins of the histogram, 2 to 65536 and no fewer than classes; 0 for automatic: a bin for each value of an
 *     integer type where smallest and largest are less than 65536 apart, else 256 bins between these two
 * @param localBlock empty for thresholds of the whole channel; else the size of the blocks that get thresholds of their
 *     own, in voxels: one number for all spatial axes, or one per spatial axis in the image's order
 */
public record OtsuOptions(int classes, int bins, List<Integer> localBlock) {

    /** So many classes at most. */
    public static final int MOST_CLASSES = 512;

    public OtsuOptions {
        localBlock = List.copyOf(localBlock);
    }

    /** Two classes, automatic bins, thresholds of the whole channel. */
    public static OtsuOptions defaults() {
        return new OtsuOptions(2, 0, List.of());
    }

    /** The same with another number of classes, at least 2. */
    public OtsuOptions withClasses(int newClasses) {
        return new OtsuOptions(newClasses, bins, localBlock);
    }

    /** The same with another number of bins; 0 for as many as the pixel type asks for. */
    public OtsuOptions withBins(int newBins) {
        return new OtsuOptions(classes, newBins, localBlock);
    }

    /**
     * The same with thresholds for each block of that many voxels: one number for all spatial axes, or one for each.
     */
    public OtsuOptions withLocalBlock(int... size) {
        return new OtsuOptions(classes, bins, Arrays.stream(size).boxed().toList());
    }
}
