/**
 * What dialogs offer of the image that they are about: its channels, time points and resolutions by name; and how settings
 * keep what is chosen of it. Knows the engine, ports and KNIME's settings.
 */
package org.scaledimaging.knime.setting.choice;
