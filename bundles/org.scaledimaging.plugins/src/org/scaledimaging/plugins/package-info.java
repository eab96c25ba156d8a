/**
 * The built-in plugins: one list of them. Knows the engine alone; a room below for each plugin.
 */
package org.scaledimaging.plugins;
