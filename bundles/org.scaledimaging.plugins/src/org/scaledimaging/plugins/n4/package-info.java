/**
 * N4 bias field correction. Source: Tustison et al., N4ITK: Improved N3 Bias Correction, 2010, and ITK's implementation, whose
 * values it reproduces. {@code N4BiasFieldCorrection} is the plugin, {@code LowResolutionStep} what it does once; the rest is
 * the iteration ({@code Estimation} and what it sharpens and fits by, which share arrays and threads and so one room), the
 * spline ({@code SplineField}, {@code ControlPoints}) and what is told of the result ({@code Findings}). It knows the engine
 * alone.
 */
package org.scaledimaging.plugins.n4;
