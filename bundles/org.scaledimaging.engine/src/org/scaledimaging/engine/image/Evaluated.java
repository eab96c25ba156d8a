package org.scaledimaging.engine.image;

/** An image whose values are a function of place: it can be had at any resolution without computing a finer one. */
public interface Evaluated {
    /**
     * The function's values at the centres of larger voxels. They are close to the means of the voxels that these cover,
     * not the same.
     *
     * @param factors how many voxels one of the result covers, per axis in the image's order; 1 on axes that are not spatial
     */
    ImageSource at(int[] factors);
}
