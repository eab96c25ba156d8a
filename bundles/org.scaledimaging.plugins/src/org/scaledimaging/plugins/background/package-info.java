/**
 * Large-scale background, by Gaussian smoothing or by a morphological opening, and its subtraction.
 */
package org.scaledimaging.plugins.background;
