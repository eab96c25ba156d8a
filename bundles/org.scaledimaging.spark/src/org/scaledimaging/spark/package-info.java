/**
 * The executor on Apache Spark: a pass's tasks are sent to a cluster with their image as a description, and results come back
 * in order.
 */
package org.scaledimaging.spark;
