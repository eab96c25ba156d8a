/** The site that {@code bundles/org.scaledimaging.site} makes, as a reader has it. */
package org.scaledimaging.site;
