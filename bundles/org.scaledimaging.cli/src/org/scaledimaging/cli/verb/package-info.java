/**
 * What each verb does. It knows options, the terminal and the engine.
 */
package org.scaledimaging.cli.verb;
