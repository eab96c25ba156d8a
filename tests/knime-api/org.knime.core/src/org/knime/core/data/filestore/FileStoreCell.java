package org.knime.core.data.filestore;

import java.io.IOException;
import org.knime.core.data.DataCell;

/** A cell with files; whoever reads it back hands it its file stores. */
public abstract class FileStoreCell extends DataCell {
    private static final long serialVersionUID = 1;

    private transient FileStore[] stores;

    protected FileStoreCell(FileStore[] fileStores) {
        stores = fileStores.clone();
    }

    protected FileStoreCell() {
        stores = new FileStore[0];
    }

    final void retrieve(FileStore[] given) throws IOException {
        stores = given.clone();
        postConstruct();
    }

    protected void postConstruct() throws IOException {
        // nothing
    }

    protected FileStore[] getFileStores() {
        return stores.clone();
    }

    @Override
    public String toString() {
        return "" + stores.length;
    }

    @Override
    protected boolean equalsDataCell(DataCell other) {
        return java.util.Arrays.equals(stores, ((FileStoreCell) other).stores);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(stores);
    }
}
