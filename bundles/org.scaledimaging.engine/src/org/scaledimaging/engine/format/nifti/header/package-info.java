/**
 * What the header of a NIfTI file says: fields, types, units, orientation; and the header for an image that is written. It
 * knows images and blocks.
 */
package org.scaledimaging.engine.format.nifti.header;
