/**
 * Operations on where voxels are: which part of an image is taken, how large its voxels are, what its axes mean. They
 * know what an operation is and the views they make.
 */
package org.scaledimaging.engine.operation.geometry;
