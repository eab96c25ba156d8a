/**
 * The documentation as a site of plain files: pages made of docs/, of what verbs declare, and of schemas; with Javadoc.
 * It needs no server and nothing from elsewhere. May know the command line; nothing knows it.
 */
package org.scaledimaging.site;
