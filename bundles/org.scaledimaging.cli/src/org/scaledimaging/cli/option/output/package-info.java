/**
 * Options of what is written: where, of which type, in which layout, what becomes of what is there. It knows other
 * options, the terminal and the engine.
 */
package org.scaledimaging.cli.option.output;
