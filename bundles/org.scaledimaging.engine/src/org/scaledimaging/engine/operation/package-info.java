/**
 * What can be done to an image: what an operation is, and those that make other values. One file per operation says what
 * it is called, what can be set, and which view it makes. It knows the rooms that make these views.
 */
package org.scaledimaging.engine.operation;
