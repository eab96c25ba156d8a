/**
 * The page of {@code serve --open}: source and corrected side by side, and controls of the plugins' parameters, made from
 * their declarations. It knows options, terminal and the engine.
 */
package org.scaledimaging.cli.serve.page;
