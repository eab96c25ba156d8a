package org.knime.core.node;

import java.util.Iterator;
import java.util.List;
import javax.swing.JComponent;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** A table in memory. */
public final class BufferedDataTable implements PortObject, Iterable<DataRow> {
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class);

    private final DataTableSpec spec;
    private final List<DataRow> rows;

    BufferedDataTable(DataTableSpec spec, List<DataRow> rows) {
        this.spec = spec;
        this.rows = rows;
    }

    @Override
    public DataTableSpec getSpec() {
        return spec;
    }

    public long size() {
        return rows.size();
    }

    @Override
    public Iterator<DataRow> iterator() {
        return rows.iterator();
    }

    @Override
    public String getSummary() {
        return rows.size() + " rows";
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
