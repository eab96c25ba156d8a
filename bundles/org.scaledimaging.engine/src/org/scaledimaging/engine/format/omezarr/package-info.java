/**
 * OME-Zarr 0.4 and 0.5: its metadata, and pyramids that are written in one pass. Source: the OME-NGFF specifications. It
 * knows Zarr arrays, targets and how work is run.
 */
package org.scaledimaging.engine.format.omezarr;
