package org.knime.filehandling.core.connections;

import java.util.Objects;
import java.util.Optional;

/** Signature only. */
public final class FSLocation implements FSLocationSpec {
    private final String category;
    private final String specifier;
    private final String path;

    public FSLocation(FSCategory fsCategory, String fsSpecifier, String path) {
        this(fsCategory.toString(), fsSpecifier, path);
    }

    public FSLocation(String fsCategory, String fsSpecifier, String path) {
        this.category = fsCategory;
        this.specifier = fsSpecifier;
        this.path = path;
    }

    public String getPath() {
        return path;
    }

    @Override
    public String getFileSystemCategory() {
        return category;
    }

    @Override
    public Optional<String> getFileSystemSpecifier() {
        return Optional.ofNullable(specifier);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FSLocation that
                && category.equals(that.category)
                && Objects.equals(specifier, that.specifier)
                && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(category, specifier, path);
    }
}
