/**
 * The nodes: a factory each, under the class names that saved workflows hold.
 */
package org.scaledimaging.knime.nodes;
