package org.knime.core.node.workflow;

/** Signature only. */
public abstract class SingleNodeContainer extends NodeContainer {
    SingleNodeContainer() {}

    /** Signature only. */
    public enum MemoryPolicy {
        CacheInMemory,
        CacheSmallInMemory,
        CacheOnDisc
    }
}
