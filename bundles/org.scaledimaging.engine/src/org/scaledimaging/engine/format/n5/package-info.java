/**
 * N5, Zarr's predecessor: datasets in folders and the pyramids that BigDataViewer, n5-viewer and COSEM make of them. It
 * reads values from a store of Zarr's and knows no array of Zarr.
 */
package org.scaledimaging.engine.format.n5;
