package org.knime.core.data.filestore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.filestore.internal.IFileStoreHandler;

/** The framework's work with file stores. */
public final class FileStoreUtil {
    private FileStoreUtil() {}

    public static List<FileStore> getFileStores(FileStorePortObject object) {
        List<FileStore> stores = new ArrayList<>();
        for (int i = 0; i < object.getFileStoreCount(); i++) {
            stores.add(object.getFileStore(i));
        }
        return stores;
    }

    public static FileStore[] getFileStores(FileStoreCell cell) {
        return cell.getFileStores();
    }

    /** Hands a cell that was read back its file stores. Not part of KNIME's API. */
    public static void hand(FileStoreCell cell, FileStore... stores) throws IOException {
        cell.retrieve(stores);
    }

    /** Hands a copy the file stores of its original. */
    public static void retrieveFileStoreHandlers(
            FileStorePortObject source, FileStorePortObject result, IFileStoreHandler newHandler) throws IOException {
        result.retrieve(getFileStores(source));
    }
}
