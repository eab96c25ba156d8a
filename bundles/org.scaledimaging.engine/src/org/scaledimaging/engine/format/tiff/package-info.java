/**
 * TIFF and BigTIFF images, OME-TIFF: which kind a file is, what OME-XML says, and its tiles read as an image. It
 * knows pages, stacks and images.
 */
package org.scaledimaging.engine.format.tiff;
