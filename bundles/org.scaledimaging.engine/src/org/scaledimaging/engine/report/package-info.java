/**
 * What a correction did to an image, for people: figures before and after as records with JSON, and one page that shows
 * them with pictures and needs no network. It knows images, statistics, pictures and how work is run.
 */
package org.scaledimaging.engine.report;
