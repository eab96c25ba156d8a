/**
 * Label images cleaned of small objects and holes, by connected components of runs of voxels.
 */
package org.scaledimaging.plugins.cleaner;
