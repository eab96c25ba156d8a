package org.knime.core.data.def;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;

/** Signature only. */
public final class StringCell extends DataCell {
    public static final DataType TYPE = DataType.getType(StringCell.class);

    private final String value;

    public StringCell(String value) {
        this.value = value;
    }

    public String getStringValue() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }

    @Override
    protected boolean equalsDataCell(DataCell other) {
        return value.equals(((StringCell) other).value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
