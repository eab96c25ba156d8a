/**
 * OME-Zarr 0.4 and 0.5: images read, and pyramids that are written in one pass. Source: the OME-NGFF specifications.
 * It knows the metadata, Zarr arrays, targets and how work is run.
 */
package org.scaledimaging.engine.format.omezarr;
