/**
 * Other file systems than this computer's, by KNIME's file handling: finding what addresses mean, bringing single files here,
 * writing to there. Knows the settings.
 */
package org.scaledimaging.knime.connection;
