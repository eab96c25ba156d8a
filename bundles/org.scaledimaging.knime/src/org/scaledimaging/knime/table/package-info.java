/**
 * Images in tables: which there are at a place, what a table says of each, and the dialogs of the nodes that make such
 * tables. Knows how nodes are run, and the settings.
 */
package org.scaledimaging.knime.table;
