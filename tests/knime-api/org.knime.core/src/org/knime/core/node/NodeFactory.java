package org.knime.core.node;

/** Signature only. */
public abstract class NodeFactory<T extends NodeModel> {
    protected NodeFactory() {}

    /** Signature only. */
    public enum NodeType {
        Source,
        Sink,
        Manipulator,
        Visualizer
    }
}
