/**
 * Arrays of Zarr 2 and Zarr 3: metadata, chunks, shards, read in parts and written whole. Source: the Zarr specifications. It
 * knows stores and codecs.
 */
package org.scaledimaging.engine.zarr;
