/**
 * Images that are computed when somebody asks for them, over HTTP: a session of named images, the server, its pages. It
 * knows the terminal's words and the engine.
 */
package org.scaledimaging.cli.serve;
