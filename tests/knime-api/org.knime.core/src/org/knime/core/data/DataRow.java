package org.knime.core.data;

/** Signature only. */
public interface DataRow {
    int getNumCells();

    RowKey getKey();

    DataCell getCell(int index);
}
