package org.knime.core.data.def;

import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;

/** Signature only. */
public class DefaultRow implements DataRow {
    private final RowKey key;
    private final List<DataCell> cells;

    public DefaultRow(RowKey key, List<DataCell> cells) {
        this.key = key;
        this.cells = List.copyOf(cells);
    }

    @Override
    public final int getNumCells() {
        return cells.size();
    }

    @Override
    public final RowKey getKey() {
        return key;
    }

    @Override
    public final DataCell getCell(int index) {
        return cells.get(index);
    }
}
