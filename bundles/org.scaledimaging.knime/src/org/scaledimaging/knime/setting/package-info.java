/**
 * The settings of the nodes: a class for each dialog and its choices. Knows the engine; no port and
 * no run.
 */
package org.scaledimaging.knime.setting;
