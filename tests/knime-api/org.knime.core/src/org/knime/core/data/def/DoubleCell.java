package org.knime.core.data.def;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;

/** Signature only. */
public final class DoubleCell extends DataCell {
    public static final DataType TYPE = DataType.getType(DoubleCell.class);

    private final double value;

    public DoubleCell(double value) {
        this.value = value;
    }

    public double getDoubleValue() {
        return value;
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }

    @Override
    protected boolean equalsDataCell(DataCell other) {
        return value == ((DoubleCell) other).value;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }
}
