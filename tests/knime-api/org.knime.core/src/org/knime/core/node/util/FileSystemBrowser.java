package org.knime.core.node.util;

/** Signature only, of what is not used. */
public interface FileSystemBrowser {}
