/**
 * What an image is before a voxel is read: axes, voxel sizes, units, orientation, pixel type; and {@link
 * org.scaledimaging.engine.image.ImageSource}, which reads voxels on demand. It knows blocks and messages.
 */
package org.scaledimaging.engine.image;
