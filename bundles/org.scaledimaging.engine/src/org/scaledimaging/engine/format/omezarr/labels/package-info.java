/**
 * Label images beside an image of OME-Zarr, in its group {@code labels}: which there are, and what one is written from.
 */
package org.scaledimaging.engine.format.omezarr.labels;
