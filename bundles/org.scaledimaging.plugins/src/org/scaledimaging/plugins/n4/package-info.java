/**
 * N4 bias field correction. Source: Tustison et al., N4ITK: Improved N3 Bias Correction, 2010, and ITK's implementation, whose
 * values it reproduces.
 */
package org.scaledimaging.plugins.n4;
