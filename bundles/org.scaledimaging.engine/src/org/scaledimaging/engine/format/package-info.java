/**
 * What a file format has to say for itself. The rooms below it are the formats. It knows images and places.
 */
package org.scaledimaging.engine.format;
