/**
 * Label images: voxels labelled by thresholds or by a plugin, for the whole image or block by block. It knows plugins and
 * statistics.
 */
package org.scaledimaging.engine.segmentation;
