package org.scaledimaging.cli.option;

import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/**
 * How images are written.
 *
 * @param omeZarr where the format is OME-Zarr; its {@code overwrite} and {@code verify} are for any format
 * @param type the pixel type
 */
public record OutputSettings(OmeZarrWriteOptions omeZarr, OutputType type) {}
