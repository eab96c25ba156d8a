package org.knime.core.node;

/** Signature only. */
public interface FluentNodeAPI {}
