package org.knime.filehandling.core.connections;

import java.util.Optional;

/** Signature only. */
public interface FSLocationSpec {
    String getFileSystemCategory();

    default FSCategory getFSCategory() {
        return FSCategory.valueOf(getFileSystemCategory());
    }

    Optional<String> getFileSystemSpecifier();
}
