/**
 * Cubic B-splines along the axes of a volume: where control points lie, which of them count at a voxel, and their
 * values on rows of voxels. It knows nothing of how they are fitted.
 */
package org.scaledimaging.plugins.n4.spline;
