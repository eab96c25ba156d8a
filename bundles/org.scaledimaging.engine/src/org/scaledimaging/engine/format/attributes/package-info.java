/**
 * What is said of an image in formats that have no field for it, as JSON: its place in the world, and what the header of
 * a NIfTI file says besides. It knows images.
 */
package org.scaledimaging.engine.format.attributes;
