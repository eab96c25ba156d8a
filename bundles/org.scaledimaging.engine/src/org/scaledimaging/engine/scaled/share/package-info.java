/**
 * What an estimate is made from: which volumes have one field in common, and the low-resolution image that is made of
 * them, or given, for it. It knows low-resolution volumes, and how images are brought onto their grid.
 */
package org.scaledimaging.engine.scaled.share;
