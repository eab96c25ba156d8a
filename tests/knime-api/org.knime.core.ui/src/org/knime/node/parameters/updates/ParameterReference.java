package org.knime.node.parameters.updates;

/** Signature only. */
public interface ParameterReference<V> {}
