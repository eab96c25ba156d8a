package org.knime.node;

import java.util.List;
import org.knime.core.node.ConfigurableNodeFactory;
import org.knime.core.node.NodeModel;
import org.knime.core.node.port.PortType;

/** Signature only. */
public abstract class DefaultNodeFactory extends ConfigurableNodeFactory<NodeModel> {
    private final DefaultNode m_node;

    protected DefaultNodeFactory(DefaultNode node) {
        super(true);
        m_node = node;
    }

    @Override
    protected final List<PortType> inputs() {
        return m_node.m_ports.inputs;
    }

    @Override
    protected final List<PortType> outputs() {
        return m_node.m_ports.outputs;
    }
}
