/**
 * Bytes to bytes, for every format that compresses: zstd, gzip, zlib, lz4, blosc, crc32c, LZW, PackBits. It knows no format.
 */
package org.scaledimaging.engine.compress;
