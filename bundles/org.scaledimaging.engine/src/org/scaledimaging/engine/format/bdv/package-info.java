/**
 * BigDataViewer's and BigStitcher's data sets: XML that says which setups, time points and places there are, and HDF5 or N5
 * that has their voxels.
 */
package org.scaledimaging.engine.format.bdv;
