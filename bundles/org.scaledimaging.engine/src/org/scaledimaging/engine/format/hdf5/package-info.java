/**
 * HDF5, as Imaris, ilastik, MINC 2, MATLAB and h5py write images in it: which datasets are the image, and what their
 * attributes say of it. It knows HDF5 files and images.
 */
package org.scaledimaging.engine.format.hdf5;
