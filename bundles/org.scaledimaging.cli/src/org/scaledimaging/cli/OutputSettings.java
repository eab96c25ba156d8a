package org.scaledimaging.cli;

import org.scaledimaging.engine.format.omezarr.OmeZarrWriteOptions;

/**
 * How images are written.
 *
 * @param omeZarr where the format is OME-Zarr; its {@code overwrite} and {@code verify} are for any format
 * @param type the pixel type
 */
record OutputSettings(OmeZarrWriteOptions omeZarr, OutputType type) {}
