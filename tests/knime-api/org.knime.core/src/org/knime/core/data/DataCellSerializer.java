package org.knime.core.data;

import java.io.IOException;

/** Signature only. */
public interface DataCellSerializer<T extends DataCell> {
    void serialize(T cell, DataCellDataOutput output) throws IOException;

    T deserialize(DataCellDataInput input) throws IOException;
}
