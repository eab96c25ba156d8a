/**
 * HDF5, as Imaris, BigDataViewer, ilastik, MINC 2, MATLAB and h5py write images in it. What a file says of itself is read by
 * jhdf; indexes of chunks, chunks and their filters are read here, a piece at a time.
 */
package org.scaledimaging.engine.format.hdf5;
