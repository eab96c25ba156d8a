/**
 * What texts in settings mean: places, numbers, pixel types, lines of parameters. Knows the engine and KNIME's settings.
 */
package org.scaledimaging.knime.setting.text;
