/**
 * What other bundles and jars bring along, found as services: OSGi's where this runs inside OSGi, else those of a plain
 * class path. It knows nothing else of the engine.
 */
package org.scaledimaging.engine.service;
