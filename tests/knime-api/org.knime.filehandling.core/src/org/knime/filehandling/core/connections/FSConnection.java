package org.knime.filehandling.core.connections;

import java.io.IOException;
import org.knime.core.node.util.FileSystemBrowser;

/** Signature only. */
public interface FSConnection extends AutoCloseable {
    @Override
    default void close() throws IOException {
        try {
            getFileSystem().ensureClosed();
        } finally {
            FSConnectionRegistry.getInstance().deregister(this);
        }
    }

    FSFileSystem<?> getFileSystem();

    FileSystemBrowser getFileSystemBrowser();
}
