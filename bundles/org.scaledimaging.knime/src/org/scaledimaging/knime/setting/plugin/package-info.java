/**
 * The widgets of plugins: groups of settings, those of plugins without a class of their own made from what they declare. It
 * may know the texts of settings, the engine's declarations and KNIME's parameters.
 */
package org.scaledimaging.knime.setting.plugin;
