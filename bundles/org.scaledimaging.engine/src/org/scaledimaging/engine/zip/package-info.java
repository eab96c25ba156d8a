/**
 * Zip files: reading an entry in parts, packing a folder into one. Source: PKWARE's APPNOTE. It knows places.
 */
package org.scaledimaging.engine.zip;
