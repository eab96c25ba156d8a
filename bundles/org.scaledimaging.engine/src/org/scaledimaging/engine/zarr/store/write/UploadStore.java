package org.scaledimaging.engine.zarr.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.s3.write.ObjectFolder;
import org.scaledimaging.engine.zarr.store.HttpStore;
import org.scaledimaging.engine.zarr.store.Keys;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * A folder of an object store as a store that is written to, many values at a time. What is read of it is what was written
 * before: reading waits until that is there.
 */
public class UploadStore implements ZarrStore {
    private final ImageLocation.Remote root;
    private final ObjectFolder folder;
    private final HttpStore written;

    /** @param folder at the same place */
    public UploadStore(ImageLocation.Remote root, ObjectFolder folder) {
        this.root = root;
        this.folder = folder;
        this.written = HttpStore.ofWriter(root);
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        folder.await();
        return written.get(key, limit);
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        folder.await();
        return written.get(key, offset, length);
    }

    @Override
    public long size(String key) throws IOException {
        folder.await();
        return written.size(key);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public boolean answersManyAtOnce() {
        return true;
    }

    @Override
    public void put(String key, ByteBuffer value) throws IOException {
        folder.put(Keys.checked(root, key), value);
    }

    @Override
    public WritableByteChannel create(String key) throws IOException {
        return folder.create(Keys.checked(root, key));
    }

    @Override
    public String location(String key) {
        return written.location(key);
    }
}
