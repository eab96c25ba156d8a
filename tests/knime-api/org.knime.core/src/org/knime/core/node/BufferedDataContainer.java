package org.knime.core.node;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.DataContainer;

/** Signature only. */
public class BufferedDataContainer extends DataContainer {
    BufferedDataContainer(DataTableSpec spec) {
        super(spec);
    }

    public BufferedDataTable getTable() {
        return new BufferedDataTable(spec(), rows());
    }
}
