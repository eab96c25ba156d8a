/**
 * Filters that several plugins share, line by line along each axis: Gaussian, box mean, box opening.
 */
package org.scaledimaging.plugins.neighbourhood;
