/**
 * The chain of codecs between a chunk in memory and its bytes, and shards. Source: the Zarr codec specifications. It
 * knows compression; it does not know where bytes lie.
 */
package org.scaledimaging.engine.zarr.codec;
