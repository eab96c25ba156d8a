package org.scaledimaging.engine.format.raw;

import java.nio.file.Path;
import java.util.Objects;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.target.TemporaryFolder;

/**
 * The limit for the voxels of a compressed file, which has no random access: up to it they are held in memory, above it
 * in a temporary file.
 *
 * @param memoryLimit the most bytes of voxels to hold in memory per image; at least 0
 * @param temporaryFolder where to put temporary files; they vanish when the image is closed
 */
public record UnpackOptions(long memoryLimit, Path temporaryFolder) {
    public UnpackOptions {
        Objects.requireNonNull(temporaryFolder);
        if (memoryLimit < 0) {
            throw new IllegalArgumentException("memory limit " + memoryLimit);
        }
    }

    /** 256 MiB, or a quarter of the heap where that is less; the system's temporary folder. */
    public static UnpackOptions defaults() {
        return new UnpackOptions(MemoryBudget.Share.UNPACKED.bytes(), TemporaryFolder.place());
    }
}
