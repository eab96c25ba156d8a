/**
 * OME-Zarr groups of several images: plates, wells and collections. What a group holds, which of its images is meant, and
 * the metadata around images that are written. Source: the OME-NGFF specifications. It knows where values of Zarr lie, and
 * nothing of images.
 */
package org.scaledimaging.engine.format.omezarr.collection;
