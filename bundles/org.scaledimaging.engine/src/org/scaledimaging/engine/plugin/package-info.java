/**
 * What a plugin author writes against: the kinds of plugins, what they get and what they yield, and how they are found. It
 * knows images, statistics and views; the pipeline that runs plugins knows it, not the other way.
 */
package org.scaledimaging.engine.plugin;
