package org.knime.core.data;

/** The name of a row. */
public final class RowKey {
    private final String id;

    public RowKey(String id) {
        this.id = id;
    }

    public String getString() {
        return id;
    }

    public static RowKey createRowKey(long rowIndex) {
        return new RowKey("Row" + rowIndex);
    }
}
