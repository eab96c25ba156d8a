package org.knime.core.node.port;

/** Signature only. */
public interface PortObjectHolder {
    PortObject[] getInternalPortObjects();

    void setInternalPortObjects(PortObject[] portObjects);
}
