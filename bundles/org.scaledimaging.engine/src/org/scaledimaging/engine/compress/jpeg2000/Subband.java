package org.scaledimaging.engine.compress.jpeg2000;

import org.scaledimaging.engine.compress.jpeg2000.sample.Orientation;

/**
 * A subband of a component of a tile.
 *
 * @param area its coefficients, in places of its own
 * @param planes bit-planes that its coefficients have at most
 * @param step what a coefficient is multiplied by
 * @param x where it lies among the component's coefficients; y likewise
 */
record Subband(Orientation orientation, Area area, int planes, float step, int x, int y) {}
