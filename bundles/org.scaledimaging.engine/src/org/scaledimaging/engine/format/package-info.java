/**
 * What a file format has to say for itself, and how images are written. The rooms below it are the formats. It knows
 * images.
 */
package org.scaledimaging.engine.format;
