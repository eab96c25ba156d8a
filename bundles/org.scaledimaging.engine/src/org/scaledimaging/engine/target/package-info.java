/**
 * How what is written appears: all or nothing, by one writer at a time, on the disk before its name is. It knows places and
 * how work is run.
 */
package org.scaledimaging.engine.target;
