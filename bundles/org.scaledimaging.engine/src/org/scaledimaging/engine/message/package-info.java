/**
 * What users are told: exceptions that hold one sentence (what was found, what was expected), the names of what users can
 * set, and text from files made visible. It knows no other room.
 */
package org.scaledimaging.engine.message;
