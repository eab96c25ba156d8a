package org.scaledimaging.engine.picture.plane;

/**
 * The anatomical directions at the four sides of a plane: each one of R L A P S I.
 *
 * @param left what lies to the left of the picture; likewise the others
 */
public record Sides(String left, String right, String top, String bottom) {}
