/**
 * The nodes: a factory each, under the class names that saved workflows hold, and an icon. Knows the settings, the work and
 * the port.
 */
package org.scaledimaging.knime.nodes;
