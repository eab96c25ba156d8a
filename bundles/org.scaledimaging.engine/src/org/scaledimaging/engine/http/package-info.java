/**
 * Files on web servers: ranges, retries, redirects, time limits. It knows messages and how waiting is cancelled.
 */
package org.scaledimaging.engine.http;
