/**
 * NRRD: a header of text, and voxels after it or in another file, plain or compressed with gzip. Source: the definition
 * of the format by Teem.
 */
package org.scaledimaging.engine.format.nrrd;
