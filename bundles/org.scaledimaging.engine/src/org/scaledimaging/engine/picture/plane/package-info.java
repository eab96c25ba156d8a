/**
 * Planes of an image as arrays: slices and projections, read from the coarsest level that has the wanted pixels,
 * with where they lie and how they are seen. It knows images, blocks, what levels are to one another, and how work
 * is run.
 */
package org.scaledimaging.engine.picture.plane;
