/**
 * What memory has no room for: blocks and bytes that wait in a file, and how much of the heap they may take before. It
 * knows blocks and messages.
 */
package org.scaledimaging.engine.spill;
