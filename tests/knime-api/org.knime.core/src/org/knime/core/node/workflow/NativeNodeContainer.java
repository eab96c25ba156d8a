package org.knime.core.node.workflow;

import org.knime.core.node.NodeModel;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;

/** A node that holds internal port objects. */
public class NativeNodeContainer extends SingleNodeContainer {
    private final Holder model = new Holder();

    /** Not part of KNIME's API. */
    NativeNodeContainer(PortObject[] held) {
        model.setInternalPortObjects(held);
    }

    public NodeModel getNodeModel() {
        return model;
    }

    private static final class Holder extends NodeModel implements PortObjectHolder {
        private PortObject[] held;

        @Override
        public PortObject[] getInternalPortObjects() {
            return held;
        }

        @Override
        public void setInternalPortObjects(PortObject[] portObjects) {
            held = portObjects;
        }
    }
}
