/**
 * Samples of JPEG 2000 (ISO/IEC 15444-1): bytes of code-blocks to coefficients, these to components by the inverse
 * wavelet transform, and components to red, green and blue.
 */
package org.scaledimaging.engine.compress.jpeg2000.sample;
