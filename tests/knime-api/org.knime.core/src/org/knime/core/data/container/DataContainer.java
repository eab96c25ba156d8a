package org.knime.core.data.container;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;

/** Rows in memory. */
public class DataContainer {
    private final DataTableSpec spec;
    private final List<DataRow> rows = new ArrayList<>();
    private boolean closed;

    public DataContainer(DataTableSpec spec) {
        this.spec = spec;
    }

    public void addRowToTable(DataRow row) {
        if (closed || row.getNumCells() != spec.getNumColumns()) {
            throw new IllegalArgumentException(row.getNumCells() + " cells for " + spec.getNumColumns() + " columns");
        }
        rows.add(row);
    }

    public void close() {
        closed = true;
    }

    protected final DataTableSpec spec() {
        return spec;
    }

    protected final List<DataRow> rows() {
        if (!closed) {
            throw new IllegalStateException("not closed");
        }
        return rows;
    }
}
