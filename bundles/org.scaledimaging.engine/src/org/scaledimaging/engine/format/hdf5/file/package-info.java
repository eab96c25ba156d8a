/**
 * HDF5 files: objects and their attributes, indexes of chunks, chunks and their filters, read a piece at a time.
 * jhdf reads what a file says of its objects. It knows blocks and files; it does not know what the objects mean.
 */
package org.scaledimaging.engine.format.hdf5.file;
