/**
 * Which format a file is, by content, and opening it. It knows all formats.
 */
package org.scaledimaging.engine.format.open;
