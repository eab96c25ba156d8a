/**
 * XML of unknown origin, read in one way: nothing else is ever fetched for it. It knows no other room.
 */
package org.scaledimaging.engine.xml;
