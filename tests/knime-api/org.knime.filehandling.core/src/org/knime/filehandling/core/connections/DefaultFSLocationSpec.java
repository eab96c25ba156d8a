package org.knime.filehandling.core.connections;

import java.util.Optional;

/** Signature only. */
public class DefaultFSLocationSpec implements FSLocationSpec {
    private final String category;
    private final String specifier;

    public DefaultFSLocationSpec(FSCategory fsCategory, String fileSystemSpecifier) {
        this(fsCategory.toString(), fileSystemSpecifier);
    }

    public DefaultFSLocationSpec(String fsCategory, String fileSystemSpecifier) {
        this.category = fsCategory;
        this.specifier = fileSystemSpecifier;
    }

    @Override
    public String getFileSystemCategory() {
        return category;
    }

    @Override
    public Optional<String> getFileSystemSpecifier() {
        return Optional.ofNullable(specifier);
    }
}
