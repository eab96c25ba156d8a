/**
 * What a plugin author writes against, in one room so that one import shows it: the kinds of plugins ({@code …Plugin}), what
 * they get ({@code LowResolution…}, {@code ChannelImage}), what they yield ({@code Field}, {@code Labelling} and their ready
 * made kinds), and how they are found ({@code Plugin…}). It knows images, statistics and views; the pipeline that runs
 * plugins knows it, not the other way.
 */
package org.scaledimaging.engine.plugin;
