/**
 * PNG, JPEG and BMP: pictures of one plane each, decoded by the JDK.
 */
package org.scaledimaging.engine.format.picture;
