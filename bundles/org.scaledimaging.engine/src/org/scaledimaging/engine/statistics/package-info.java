/**
 * Numbers that sum up an image, in one streaming pass that gives the same bits on any number of threads: moments,
 * percentiles, histograms, Otsu's thresholds. It knows images and how work is run.
 */
package org.scaledimaging.engine.statistics;
