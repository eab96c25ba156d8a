package org.scaledimaging.engine.zarr.store.write;

import java.io.IOException;
import java.nio.file.Path;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.s3.write.ObjectFolder;
import org.scaledimaging.engine.target.TemporaryFolder;

/**
 * An attempt that writes to an object store, straight to where values belong: each appears whole or not at all, with the same
 * bytes whichever attempt wrote it, and under names that no other job has.
 */
public final class UploadAttempt extends UploadStore implements Attempt {
    private final ObjectFolder folder;
    private final TemporaryFolder temporary;

    private UploadAttempt(ImageLocation.Remote root, ObjectFolder folder, TemporaryFolder temporary) {
        super(root, folder);
        this.folder = folder;
        this.temporary = temporary;
    }

    /** Begins an attempt. */
    public static UploadAttempt begin(ImageLocation.Remote root) throws IOException {
        return new UploadAttempt(root, new ObjectFolder(root.address()), TemporaryFolder.create());
    }

    @Override
    public Path scratch(String name) {
        return temporary.path().resolve(name);
    }

    @Override
    public void publish() throws IOException {
        folder.await();
        discard();
    }

    @Override
    public void giveUp() {
        folder.giveUp();
    }

    @Override
    public void discard() throws IOException {
        try (temporary) {
            folder.close();
        }
    }
}
