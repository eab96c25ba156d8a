/**
 * Blocks at other resolutions: block means, the most frequent label, linear interpolation between voxel centres. It knows
 * blocks alone.
 */
package org.scaledimaging.engine.block.resample;
