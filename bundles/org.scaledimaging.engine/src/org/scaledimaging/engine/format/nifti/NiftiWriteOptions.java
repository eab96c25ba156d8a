package org.scaledimaging.engine.format.nifti;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * How to write a NIfTI file.
 *
 * @param overwrite whether an existing file may be replaced
 * @param compressionLevel of {@code .nii.gz}: 1 (fast) to 9 (small)
 * @param verify whether all is read back and compared before the file appears
 * @param sources files and folders that are read while writing, which the target may not touch
 */
public record NiftiWriteOptions(boolean overwrite, int compressionLevel, boolean verify, Collection<Path> sources) {
    private static final int DEFAULT_LEVEL = 3;

    public NiftiWriteOptions {
        sources = List.copyOf(sources);
        if (compressionLevel < 1 || compressionLevel > 9) {
            throw new IllegalArgumentException("compression level " + compressionLevel + ", not 1 to 9");
        }
    }

    /** No overwriting, compression level 3, no sources. */
    public static NiftiWriteOptions defaults() {
        return new NiftiWriteOptions(false, DEFAULT_LEVEL, false, List.of());
    }

    public NiftiWriteOptions withOverwrite(boolean newOverwrite) {
        return new NiftiWriteOptions(newOverwrite, compressionLevel, verify, sources);
    }

    public NiftiWriteOptions withCompressionLevel(int newLevel) {
        return new NiftiWriteOptions(overwrite, newLevel, verify, sources);
    }

    public NiftiWriteOptions withVerify(boolean newVerify) {
        return new NiftiWriteOptions(overwrite, compressionLevel, newVerify, sources);
    }

    public NiftiWriteOptions withSources(Collection<Path> newSources) {
        return new NiftiWriteOptions(overwrite, compressionLevel, verify, newSources);
    }
}
