/**
 * Stores while an image is written: attempts of a task that may run twice, keys that are recorded, values that are
 * uploaded. It knows the stores and targets.
 */
package org.scaledimaging.engine.zarr.store.write;
