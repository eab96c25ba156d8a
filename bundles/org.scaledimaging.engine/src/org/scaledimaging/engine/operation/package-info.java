/**
 * What can be done to an image, step by step: how a step is declared, stored as JSON and carried out, and the recipe that
 * steps make up. It knows all rooms that carry steps out.
 */
package org.scaledimaging.engine.operation;
