/**
 * Pictures as users ask for them: which planes, how they are shown, where the PNG goes. It knows the engine, options and
 * what is printed.
 */
package org.scaledimaging.cli.picture;
