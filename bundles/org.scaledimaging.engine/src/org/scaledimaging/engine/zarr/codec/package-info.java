/**
 * The chain of codecs between a chunk in memory and its bytes, and shards. Source: the Zarr codec specifications. It knows
 * compression; where bytes lie, it does not know.
 */
package org.scaledimaging.engine.zarr.codec;
