/**
 * TIFF and BigTIFF stacks, ImageJ hyperstacks, OME-TIFF and what microscopes write: which page is which plane of the
 * image. It knows pages and images.
 */
package org.scaledimaging.engine.format.tiff;
