/**
 * Directories, tiles and strips of a TIFF file, down to decoded samples, and the chunks in which these are cheap to
 * read. Source: TIFF 6.0 and its supplements. It knows compression and blocks; it does not know what pages mean.
 */
package org.scaledimaging.engine.format.tiff.page;
