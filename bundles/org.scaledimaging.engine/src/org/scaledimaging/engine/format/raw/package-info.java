/**
 * Voxels that lie in a file one after the other, plain or compressed as a whole: any part of them is read. It knows
 * images, no format and no header.
 */
package org.scaledimaging.engine.format.raw;
