package org.knime.core.data.filestore;

import java.io.File;

/** A file or folder that a workflow keeps. */
public final class FileStore {
    private final File file;

    private FileStore(File file) {
        this.file = file;
    }

    /** Not part of KNIME's API. */
    public static FileStore at(File file) {
        return new FileStore(file);
    }

    public File getFile() {
        return file;
    }
}
