package org.knime.core.data.renderer;

/** Signature only. */
public interface DataValueRenderer {}
