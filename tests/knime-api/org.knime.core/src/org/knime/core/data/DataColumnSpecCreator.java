package org.knime.core.data;

/** Signature only. */
public final class DataColumnSpecCreator {
    private final String name;
    private final DataType type;

    public DataColumnSpecCreator(String name, DataType type) {
        this.name = name;
        this.type = type;
    }

    public DataColumnSpec createSpec() {
        return new DataColumnSpec(name, type);
    }
}
