package org.knime.core.node;

import java.util.List;
import org.knime.core.node.port.PortType;

/** A factory that knows the ports of its nodes. */
public abstract class ConfigurableNodeFactory<T extends NodeModel> extends NodeFactory<T> {
    protected ConfigurableNodeFactory(boolean lazyInitialization) {}

    /** Not part of KNIME's API: the ports that a new node has. */
    protected abstract List<PortType> inputs();

    /** Not part of KNIME's API. */
    protected abstract List<PortType> outputs();
}
