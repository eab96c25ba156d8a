/**
 * The levels of an image, made and written in one pass over it, whatever the format. It knows images and how they
 * are read in pieces; it does not know where chunks go.
 */
package org.scaledimaging.engine.format.pyramid;
