package org.scaledimaging.engine.statistics;

import java.math.BigInteger;

/**
 * The least and the greatest voxel and the sum of an image of an integer type, without the rounding of float64 beyond
 * 2^53.
 *
 * @param minimum of all voxels
 * @param maximum of all voxels
 * @param sum of all voxels
 */
public record WholeNumbers(BigInteger minimum, BigInteger maximum, BigInteger sum) {}
