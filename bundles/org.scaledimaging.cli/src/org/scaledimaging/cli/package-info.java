/**
 * The entry of the command line and its verbs' common options. It knows verbs, options and terminal; none knows it.
 */
package org.scaledimaging.cli;
