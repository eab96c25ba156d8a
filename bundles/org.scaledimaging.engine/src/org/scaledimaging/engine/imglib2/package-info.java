/**
 * Any image as ImgLib2 sees it, and any image of ImgLib2 as the engine sees it. It knows images and blocks.
 */
package org.scaledimaging.engine.imglib2;
