/**
 * How work is run: passes of independent tasks, the threads that do them, what is read before its turn, progress,
 * cancelling, the memory that may be held, and what is told on the way. It knows images; what the tasks compute, it
 * does not know.
 */
package org.scaledimaging.engine.execute;
