/**
 * Voxels that lie in a file one after the other, plain or compressed as a whole: reading any part of them, and writing
 * them. It knows images, no format and no header.
 */
package org.scaledimaging.engine.format.raw;
