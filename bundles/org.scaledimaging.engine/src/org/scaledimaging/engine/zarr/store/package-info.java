/**
 * Where the values of a Zarr hierarchy lie: a folder, a zip file, a folder on another file system, a web server. A
 * value has a key and bytes. It knows files, servers, scratch files and targets; no codec and no array.
 */
package org.scaledimaging.engine.zarr.store;
