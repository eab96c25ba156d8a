/**
 * Blosc: its frames, BloscLZ, and its shuffles, which Zarr and HDF5 use by themselves, too. It knows the codecs that
 * frames hold.
 */
package org.scaledimaging.engine.compress.blosc;
