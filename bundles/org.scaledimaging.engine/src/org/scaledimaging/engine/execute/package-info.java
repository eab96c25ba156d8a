/**
 * How work is run: passes of independent tasks, the threads that do them, what is read before its turn, progress, the
 * memory that may be held, and what is told on the way. It knows images; it does not know what the tasks compute.
 */
package org.scaledimaging.engine.execute;
