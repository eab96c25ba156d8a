package org.knime.core.data;

import java.util.ArrayList;
import java.util.List;

/** Signature only. */
public final class DataTableSpecCreator {
    private final List<DataColumnSpec> columns = new ArrayList<>();

    public DataTableSpecCreator() {}

    public DataTableSpecCreator addColumns(DataColumnSpec... added) {
        columns.addAll(List.of(added));
        return this;
    }

    public DataTableSpec createSpec() {
        return new DataTableSpec(List.copyOf(columns));
    }
}
