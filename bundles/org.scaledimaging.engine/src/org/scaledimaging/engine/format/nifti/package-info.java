/**
 * NIfTI-1 and NIfTI-2, plain and compressed: voxels are read on demand and written in the file's order. Source: the NIfTI-1
 * and NIfTI-2 headers of the NIfTI Data Format Working Group.
 */
package org.scaledimaging.engine.format.nifti;
