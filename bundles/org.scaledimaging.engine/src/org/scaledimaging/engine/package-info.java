/**
 * The front door: {@link org.scaledimaging.engine.Image} opens, changes and saves images, and {@link
 * org.scaledimaging.engine.ParameterImage} brings a mask or weight onto a plugin's grid. It knows every room; no room knows
 * it.
 */
package org.scaledimaging.engine;
