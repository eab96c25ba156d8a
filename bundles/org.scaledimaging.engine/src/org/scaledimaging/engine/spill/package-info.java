/**
 * What memory has no room for: blocks and bytes that wait in a file. It knows blocks, and the budget that says
 * when memory is full.
 */
package org.scaledimaging.engine.spill;
