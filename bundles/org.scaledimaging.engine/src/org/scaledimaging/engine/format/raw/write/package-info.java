/**
 * Voxels written into a file one after the other, plain or compressed as a whole by all threads, and verified by
 * reading them again. It knows images, targets and how work is run; no header.
 */
package org.scaledimaging.engine.format.raw.write;
