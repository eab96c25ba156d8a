/**
 * Bytes to bytes, for every format that compresses: zstd, gzip, zlib, lzf, crc32c, Fletcher's checksum, LZW,
 * PackBits. It knows no format.
 */
package org.scaledimaging.engine.compress;
