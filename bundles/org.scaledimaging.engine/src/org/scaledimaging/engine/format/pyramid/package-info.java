/**
 * The levels of an image, made and written in one pass over it, whatever the format. It knows images and how they are
 * read in pieces; where chunks go, it does not know.
 */
package org.scaledimaging.engine.format.pyramid;
