/**
 * TIFF and BigTIFF stacks, ImageJ hyperstacks and OME-TIFF: which page is which plane of the image. It knows pages and
 * images.
 */
package org.scaledimaging.engine.format.tiff;
