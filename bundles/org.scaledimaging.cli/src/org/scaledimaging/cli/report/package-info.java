/**
 * Pages about what a correction did: the verb that makes one of two images, the page that goes with a result, and those of
 * a batch with their index. It knows options, the terminal, and the engine's report.
 */
package org.scaledimaging.cli.report;
