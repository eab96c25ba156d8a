package org.knime.core.node;

import org.knime.core.data.filestore.internal.IFileStoreHandler;
import org.knime.core.data.filestore.internal.NotInWorkflowWriteFileStoreHandler;
import org.knime.core.node.port.PortType;

/** A node as far as its ports and file stores go. Port 0 is the one for flow variables. */
public final class Node {
    private final ConfigurableNodeFactory<NodeModel> factory;
    private NotInWorkflowWriteFileStoreHandler handler;

    public Node(NodeFactory<NodeModel> factory) {
        this.factory = (ConfigurableNodeFactory<NodeModel>) factory;
    }

    public int getNrInPorts() {
        return 1 + factory.inputs().size();
    }

    public int getNrOutPorts() {
        return 1 + factory.outputs().size();
    }

    public PortType getInputType(int index) {
        return factory.inputs().get(index - 1);
    }

    public PortType getOutputType(int index) {
        return factory.outputs().get(index - 1);
    }

    public void setFileStoreHandler(IFileStoreHandler newHandler) {
        handler = (NotInWorkflowWriteFileStoreHandler) newHandler;
    }

    NotInWorkflowWriteFileStoreHandler getFileStoreHandler() {
        return handler;
    }
}
