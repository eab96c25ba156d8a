package org.knime.core.data;

/** A column's name and type. */
public final class DataColumnSpec {
    private final String name;
    private final DataType type;

    DataColumnSpec(String name, DataType type) {
        this.name = name;
        this.type = type;
    }

    public String getName() {
        return name;
    }

    public DataType getType() {
        return type;
    }
}
