/**
 * An OME-Zarr whose chunks are computed when they are asked for, as a store: laid out and encoded as the writer does it.
 * It knows the writer's layout, views and Zarr arrays.
 */
package org.scaledimaging.engine.format.omezarr.lazy;
