package org.knime.core.data;

import java.util.List;
import javax.swing.JComponent;
import org.knime.core.node.port.PortObjectSpec;

/** A table's columns. */
public final class DataTableSpec implements PortObjectSpec {
    private final List<DataColumnSpec> columns;

    DataTableSpec(List<DataColumnSpec> columns) {
        this.columns = columns;
    }

    public int getNumColumns() {
        return columns.size();
    }

    public final String[] getColumnNames() {
        return columns.stream().map(DataColumnSpec::getName).toArray(String[]::new);
    }

    public DataColumnSpec getColumnSpec(int index) {
        return columns.get(index);
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
