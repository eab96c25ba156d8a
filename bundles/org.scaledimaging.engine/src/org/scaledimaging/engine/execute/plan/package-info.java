/**
 * In which pieces, and in which order, a pass reads an image, so that each chunk is decoded once within memory that
 * is known. It knows grids and the memory that may be held.
 */
package org.scaledimaging.engine.execute.plan;
