package org.knime.core.node;

/** Signature only. */
public abstract class NodeModel {}
