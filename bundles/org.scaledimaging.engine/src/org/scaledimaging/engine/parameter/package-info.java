/**
 * What users can set, declared once for the command line, dialogs, recipes and documents: {@link
 * org.scaledimaging.engine.parameter.Parameter} says what a value is, {@link
 * org.scaledimaging.engine.parameter.ParameterValues} holds checked ones. It knows messages and places.
 */
package org.scaledimaging.engine.parameter;
