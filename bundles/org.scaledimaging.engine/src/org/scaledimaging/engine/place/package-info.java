/**
 * Where images lie: paths and addresses, file systems that others bring as services, and files as they were when they were
 * opened. It knows messages and services.
 */
package org.scaledimaging.engine.place;
