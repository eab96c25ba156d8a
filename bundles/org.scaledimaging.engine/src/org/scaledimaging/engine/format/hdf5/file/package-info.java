/**
 * HDF5 files: objects and their attributes, indexes of chunks, chunks and their filters, read a piece at a time.
 * What a file says of its objects is read by jhdf. It knows blocks and files; what the objects mean, it does not
 * know.
 */
package org.scaledimaging.engine.format.hdf5.file;
