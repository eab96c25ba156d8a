/**
 * Fields that low-resolution steps yield: how they are kept, evaluated at full resolution, and summed up for people. It
 * knows plugins and where blocks are kept.
 */
package org.scaledimaging.engine.scaled.field;
