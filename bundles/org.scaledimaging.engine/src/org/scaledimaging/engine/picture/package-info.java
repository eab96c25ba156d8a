/**
 * Pictures: planes brought to windows and colours, put together with colour bar, scale bar and letters, and written
 * as PNG. It needs no window system and no fonts. It knows planes, images, and how work is run.
 */
package org.scaledimaging.engine.picture;
