/**
 * Low-resolution images: which pyramid level they come from, how they are read and kept, and what plugins estimate on
 * them. It knows plugins, views and where blocks are kept.
 */
package org.scaledimaging.engine.scaled.lowres;
