/**
 * What was read or decoded, kept in bounded memory for those who want it again. It knows blocks and the memory that may
 * be held.
 */
package org.scaledimaging.engine.cache;
