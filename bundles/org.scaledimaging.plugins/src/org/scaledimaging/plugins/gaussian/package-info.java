/**
 * Bias field correction by Gaussian smoothing.
 */
package org.scaledimaging.plugins.gaussian;
