/**
 * Images of which each plane is a file of its own: which files there are, and which is where along t, c and z.
 */
package org.scaledimaging.engine.format.planes;
