/**
 * Groups of options that verbs share, and what is made of them: of what is read, processed and run. It knows the
 * terminal and the engine.
 */
package org.scaledimaging.cli.option;
