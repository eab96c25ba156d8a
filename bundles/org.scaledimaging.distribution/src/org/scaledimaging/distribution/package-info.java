/**
 * What an installation of the command line holds besides jars, made at build time of what the verbs declare. May know the
 * command line; nothing knows it.
 */
package org.scaledimaging.distribution;
