package org.scaledimaging.engine.scaled.share;

import org.scaledimaging.engine.image.ImageSource;

/**
 * An image that was given for an estimate.
 *
 * @param name for messages: a path
 */
public record GivenImage(String name, ImageSource source) {}
