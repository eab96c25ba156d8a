/**
 * What is seen of an image: planes of it as arrays, brought to windows and colours, put together into a picture with colour
 * bar, scale bar and letters, and written as PNG. It needs no window system and no fonts. It knows images, blocks, what
 * levels are to one another, and how work is run.
 */
package org.scaledimaging.engine.picture;
