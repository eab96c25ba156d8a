/**
 * What OME-Zarr 0.4 and 0.5 say of an image in JSON: multiscales, axes, transformations, omero, and what others put
 * beside them. It knows images and where values lie; no array.
 */
package org.scaledimaging.engine.format.omezarr.metadata;
