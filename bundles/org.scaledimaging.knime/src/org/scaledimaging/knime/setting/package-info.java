/**
 * The settings of the nodes: a class for each dialog, its choices, and what texts in it mean. Knows the engine; no port and
 * no run.
 */
package org.scaledimaging.knime.setting;
