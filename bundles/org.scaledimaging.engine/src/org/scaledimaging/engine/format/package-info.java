/**
 * What a file format has to say for itself. The rooms below it are the formats. It knows images,
 * places and parameters.
 */
package org.scaledimaging.engine.format;
