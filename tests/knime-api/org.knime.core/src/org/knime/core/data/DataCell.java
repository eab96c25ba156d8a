package org.knime.core.data;

import java.io.Serializable;

/** The content of a table; equal to another of its class with equal content. */
public abstract class DataCell implements DataValue, Serializable {
    private static final long serialVersionUID = 1;

    public final DataType getType() {
        return DataType.getType(getClass());
    }

    public boolean isMissing() {
        return false;
    }

    @Override
    public abstract String toString();

    @Override
    public final boolean equals(Object other) {
        return this == other || other instanceof DataCell that && getClass() == that.getClass() && equalsDataCell(that);
    }

    protected abstract boolean equalsDataCell(DataCell other);

    protected boolean equalContent(DataValue otherValue) {
        return false;
    }

    @Override
    public abstract int hashCode();
}
