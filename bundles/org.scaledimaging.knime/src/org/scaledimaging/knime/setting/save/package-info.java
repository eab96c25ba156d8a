/**
 * The settings of nodes that write images, a class for each format, with what formats share. It knows the other
 * settings and the engine; no port and no run.
 */
package org.scaledimaging.knime.setting.save;
