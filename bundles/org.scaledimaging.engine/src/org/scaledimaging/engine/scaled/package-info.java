/**
 * The mission: a plugin's low-resolution step on a small copy of an image, its full-resolution step on each block when
 * that is read. It joins the rooms below it, {@code lowres} and {@code field}.
 */
package org.scaledimaging.engine.scaled;
