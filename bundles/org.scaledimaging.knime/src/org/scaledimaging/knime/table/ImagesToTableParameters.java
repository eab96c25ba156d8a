package org.scaledimaging.knime.table;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;

/** The settings of Images to Table. Field names are the settings' keys: they stay. */
public final class ImagesToTableParameters implements NodeParameters {
    @Widget(
            title = "Thumbnails",
            description =
                    "Whether to look at each image for a small picture of it, the slices through its middle, which the"
                            + " table shows. That reads voxels: few where the image has a pyramid, all of a compressed NIfTI file.")
    public boolean thumbnails = true;
}
