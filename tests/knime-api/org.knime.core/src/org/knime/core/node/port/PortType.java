package org.knime.core.node.port;

/** Signature only. */
public final class PortType {
    private final Class<? extends PortObject> objectClass;

    PortType(Class<? extends PortObject> objectClass) {
        this.objectClass = objectClass;
    }

    public Class<? extends PortObject> getPortObjectClass() {
        return objectClass;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortType that && objectClass == that.objectClass;
    }

    @Override
    public int hashCode() {
        return objectClass.hashCode();
    }
}
