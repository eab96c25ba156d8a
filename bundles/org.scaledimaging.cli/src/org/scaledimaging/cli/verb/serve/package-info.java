/**
 * The verb serve: what it takes, the images and corrections that are made of it, and the server or page that shows
 * them. It knows options, the terminal, servers and the engine.
 */
package org.scaledimaging.cli.verb.serve;
