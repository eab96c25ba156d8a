/**
 * The fast guided filter: edges are kept, the rest is smoothed. Source: He and Sun, Fast Guided Filter, 2015.
 */
package org.scaledimaging.plugins.guided;
