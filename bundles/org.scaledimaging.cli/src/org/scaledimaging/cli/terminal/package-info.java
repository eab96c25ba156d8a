/**
 * What is printed and how: progress, sentences, exit codes. It knows the engine's messages.
 */
package org.scaledimaging.cli.terminal;
