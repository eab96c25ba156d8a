package org.scaledimaging.engine.zip;

/**
 * A file in a zip file, as the central directory has it.
 *
 * @param header where its local header begins
 * @param end where the next file's, or the central directory, begins: nothing of this one may reach beyond
 * @param stored its length in the zip file
 * @param size its length
 * @param crc32 of its content
 * @param deflated whether it is compressed
 */
record ZipMember(long header, long end, long stored, long size, int crc32, boolean deflated) {}
