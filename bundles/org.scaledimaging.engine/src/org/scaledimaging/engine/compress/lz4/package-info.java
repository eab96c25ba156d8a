/**
 * LZ4 as numcodecs, HDF5 and lz4-java frame it. It knows what a codec is, and no format.
 */
package org.scaledimaging.engine.compress.lz4;
