/**
 * Many images by one recipe: which they are, what results are called, which are there already, and images side by side with
 * one failure not stopping the others. It knows the engine, options and what is printed; verbs use it.
 */
package org.scaledimaging.cli.batch;
