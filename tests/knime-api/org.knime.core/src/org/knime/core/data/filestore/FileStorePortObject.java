package org.knime.core.data.filestore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.port.PortObject;

/** A port object with files; whoever reads it back hands it its file stores. */
public abstract class FileStorePortObject implements PortObject {
    private final List<FileStore> stores;

    protected FileStorePortObject(List<FileStore> stores) {
        this.stores = new ArrayList<>(stores);
    }

    protected FileStorePortObject() {
        this.stores = new ArrayList<>();
    }

    final void retrieve(List<FileStore> given) throws IOException {
        stores.addAll(given);
        postConstruct();
    }

    protected void postConstruct() throws IOException {
        // nothing
    }

    protected int getFileStoreCount() {
        return stores.size();
    }

    protected FileStore getFileStore(int index) {
        return stores.get(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileStorePortObject that && stores.equals(that.stores);
    }

    @Override
    public int hashCode() {
        return stores.hashCode();
    }
}
