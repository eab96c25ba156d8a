/**
 * OME-TIFF as it is written: directories first, then tiles in an order that the image alone decides. It knows pyramids,
 * and directories and tiles as they are read.
 */
package org.scaledimaging.engine.format.tiff.write;
