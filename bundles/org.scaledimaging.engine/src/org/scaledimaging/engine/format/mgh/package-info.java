/**
 * FreeSurfer's volumes, plain ({@code .mgh}) and compressed ({@code .mgz}). Source: FreeSurfer's description of the
 * format.
 */
package org.scaledimaging.engine.format.mgh;
