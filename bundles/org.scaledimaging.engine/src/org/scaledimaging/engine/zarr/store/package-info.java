/**
 * Where the values of a Zarr hierarchy lie: a folder, a zip file, a web server. A value has a key and bytes. It knows files,
 * servers and targets; codecs and arrays, it does not know.
 */
package org.scaledimaging.engine.zarr.store;
