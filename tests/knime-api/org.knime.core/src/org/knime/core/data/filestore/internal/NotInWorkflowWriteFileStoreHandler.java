package org.knime.core.data.filestore.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.knime.core.data.filestore.FileStore;

/** Makes file stores in a temporary folder. */
public final class NotInWorkflowWriteFileStoreHandler implements IFileStoreHandler {
    private final Set<String> names = new HashSet<>();
    private Path folder;

    private NotInWorkflowWriteFileStoreHandler() {}

    public static final NotInWorkflowWriteFileStoreHandler create() {
        return new NotInWorkflowWriteFileStoreHandler();
    }

    public void open() {
        // nothing to open
    }

    /** KNIME's rules for names: no leading dot, no slash, each once. */
    public synchronized FileStore createFileStore(String name) throws IOException {
        if (name.startsWith(".") || name.contains("/") || !names.add(name)) {
            throw new IOException("Invalid file store name: " + name);
        }
        if (folder == null) {
            folder = Files.createTempDirectory("knime-file-stores-");
        }
        return FileStore.at(folder.resolve(name).toFile());
    }
}
