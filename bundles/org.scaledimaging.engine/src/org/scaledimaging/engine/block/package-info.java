/**
 * Voxels in memory: pixel types, intervals, blocks, and the loops over their arrays (conversion, transposition, bytes).
 * Arrays are row-major, the last axis fastest. It knows no other room.
 */
package org.scaledimaging.engine.block;
