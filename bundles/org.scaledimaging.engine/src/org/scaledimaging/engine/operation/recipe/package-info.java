/**
 * Recipes: from which image to start and which operations to apply, as JSON, opened again here or in another process. It
 * lists all operations and knows formats.
 */
package org.scaledimaging.engine.operation.recipe;
