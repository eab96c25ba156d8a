package org.knime.core.data;

/** The type of a column. */
public final class DataType {
    private static final DataCell MISSING = new DataCell() {
        @Override
        public boolean isMissing() {
            return true;
        }

        @Override
        public String toString() {
            return "?";
        }

        @Override
        protected boolean equalsDataCell(DataCell other) {
            return true;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    };

    private final Class<? extends DataCell> cellClass;

    private DataType(Class<? extends DataCell> cellClass) {
        this.cellClass = cellClass;
    }

    public static DataType getType(Class<? extends DataCell> cellClass) {
        return new DataType(cellClass);
    }

    public static DataCell getMissingCell() {
        return MISSING;
    }

    public boolean isCompatible(Class<? extends DataValue> valueClass) {
        return valueClass.isAssignableFrom(cellClass);
    }

    public Class<? extends DataCell> getCellClass() {
        return cellClass;
    }
}
