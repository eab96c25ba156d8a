package org.knime.node.parameters.persistence;

/** Signature only. */
public interface Persistable {}
