package org.knime.core.data.def;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;

/** Signature only. */
public class LongCell extends DataCell {
    public static final DataType TYPE = DataType.getType(LongCell.class);

    private final long value;

    public LongCell(long value) {
        this.value = value;
    }

    public long getLongValue() {
        return value;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }

    @Override
    protected boolean equalsDataCell(DataCell other) {
        return value == ((LongCell) other).value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }
}
