package org.knime.node.parameters;

/** Signature only. */
public interface WidgetGroup {}
