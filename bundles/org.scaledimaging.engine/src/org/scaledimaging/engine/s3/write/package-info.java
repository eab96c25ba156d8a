/**
 * Objects that are written: put whole or in parts, several at a time; a place that is written by one at a time, all or
 * nothing. It knows requests and places, and no image.
 */
package org.scaledimaging.engine.s3.write;
