/**
 * Codestreams of JPEG 2000 (ISO/IEC 15444-1), decoded: markers, tiles, packets. What becomes of the bytes of code-blocks
 * is in {@code sample}.
 */
package org.scaledimaging.engine.compress.jpeg2000;
