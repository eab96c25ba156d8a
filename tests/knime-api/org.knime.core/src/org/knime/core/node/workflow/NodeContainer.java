package org.knime.core.node.workflow;

/** Signature only. */
public abstract class NodeContainer {
    NodeContainer() {}
}
