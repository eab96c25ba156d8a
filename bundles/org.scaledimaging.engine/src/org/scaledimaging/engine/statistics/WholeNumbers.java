package org.scaledimaging.engine.statistics;

import java.math.BigInteger;

/**
 * Of an image of an integer type, what float64 does not hold beyond 2^53, without rounding.
 *
 * @param minimum of all voxels
 * @param maximum of all voxels
 * @param sum of all voxels
 */
public record WholeNumbers(BigInteger minimum, BigInteger maximum, BigInteger sum) {}
