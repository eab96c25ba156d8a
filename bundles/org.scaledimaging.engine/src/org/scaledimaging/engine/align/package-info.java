/**
 * An image that is given as a parameter (a mask, a weight), brought onto the grid of the low-resolution image: by where
 * voxels lie in the world, or by index where an image does not say. It knows plugins' images and views.
 */
package org.scaledimaging.engine.align;
