/**
 * An image made of another image, computed when it is read: a part of it, another order of its axes, another type, another
 * resolution. It knows images and blocks.
 */
package org.scaledimaging.engine.view;
