/**
 * Intensities mapped from percentiles to a range, per volume, channel or image.
 */
package org.scaledimaging.plugins.normalize;
