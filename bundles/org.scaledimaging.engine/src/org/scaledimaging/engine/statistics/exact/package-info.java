/**
 * Numbers summed up and counted so that results are the same to the bit in whatever order they come: sums without
 * rounding, counts by magnitude. It knows nothing but numbers.
 */
package org.scaledimaging.engine.statistics.exact;
