/**
 * Where images lie: paths and addresses, and files as they were when they were opened. It knows messages.
 */
package org.scaledimaging.engine.place;
