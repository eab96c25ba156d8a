/**
 * Compressions that archives are known for, decoded by libraries: bzip2, xz and LZMA; and files
 * compressed as a whole by these or zstd. They are read, not written.
 */
package org.scaledimaging.engine.compress.archive;
