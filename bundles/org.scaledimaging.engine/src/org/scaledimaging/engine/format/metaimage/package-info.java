/**
 * MetaImage, ITK's own format: a header of text, and voxels after it ({@code .mha}) or in another file
 * ({@code .mhd}). Source: the MetaIO documentation, and ITK for what directions mean.
 */
package org.scaledimaging.engine.format.metaimage;
