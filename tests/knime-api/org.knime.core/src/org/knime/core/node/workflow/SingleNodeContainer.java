package org.knime.core.node.workflow;

/** Signature only. */
public abstract class SingleNodeContainer {
    private SingleNodeContainer() {}

    /** Signature only. */
    public enum MemoryPolicy {
        CacheInMemory,
        CacheSmallInMemory,
        CacheOnDisc
    }
}
