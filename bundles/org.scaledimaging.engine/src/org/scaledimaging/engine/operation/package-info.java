/**
 * What can be done to an image: one file per operation says what it is called, what can be set, and which view it makes;
 * Operations lists them. It knows the rooms that make these views.
 */
package org.scaledimaging.engine.operation;
