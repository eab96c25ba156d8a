/**
 * What nodes show: a small copy of each image with its figures, kept when the node is executed; the page that shows it and
 * what the page asks for. It knows ports and settings; nodes and work hand it images.
 */
package org.scaledimaging.knime.view;
