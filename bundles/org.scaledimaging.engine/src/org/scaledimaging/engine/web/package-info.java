/**
 * Files on web servers and in object stores as Java's paths: read in ranges, what was read kept for a while.
 */
package org.scaledimaging.engine.web;
