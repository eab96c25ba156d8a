/**
 * How nodes are run: configuring, executing and cancelling, what is kept in the workflow, tables. Knows the settings and
 * the port.
 */
package org.scaledimaging.knime.work;
