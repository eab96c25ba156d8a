/**
 * What texts in settings mean: places, numbers, lines of parameters. Knows the engine and KNIME's settings.
 */
package org.scaledimaging.knime.setting.text;
