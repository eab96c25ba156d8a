/**
 * What work would write, what it would take and how long, told without doing it but for a sample of two seconds. It knows
 * the engine, options and what is printed; batches and verbs use it.
 */
package org.scaledimaging.cli.plan;
