/**
 * Which page of which file is which plane of an image, told by tags, descriptions, other files beside it and their
 * names: ImageJ, Zeiss, MetaMorph, Micro-Manager, tifffile, plain TIFF. It knows pages.
 */
package org.scaledimaging.engine.format.tiff.stack;
