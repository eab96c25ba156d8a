/**
 * The port type Scaled Image: what goes from node to node is a recipe and its metadata, no voxels.
 */
package org.scaledimaging.knime.port;
