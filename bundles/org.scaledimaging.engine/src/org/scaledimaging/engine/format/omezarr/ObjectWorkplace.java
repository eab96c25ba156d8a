package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.s3.write.ObjectTarget;
import org.scaledimaging.engine.target.TemporaryFolder;
import org.scaledimaging.engine.zarr.store.Keys;
import org.scaledimaging.engine.zarr.store.ZarrStore;
import org.scaledimaging.engine.zarr.store.write.UploadStore;

/** An address of an object store: arrays go there at once, and the groups' documents, which name them, at the end. */
final class ObjectWorkplace extends UploadStore implements Workplace {
    private final ImageLocation.Remote place;
    private final ObjectTarget target;
    private final TemporaryFolder temporary;
    private final Pattern ofArrays;

    private ObjectWorkplace(ImageLocation.Remote place, ObjectTarget target, TemporaryFolder temporary) {
        super(place, target.folder());
        this.place = place;
        this.target = target;
        this.temporary = temporary;
        this.ofArrays = Pattern.compile("(.*/)?\\d+" + Pattern.quote(target.ending()) + "/[^/]*");
    }

    static ObjectWorkplace create(ImageLocation.Remote place, boolean overwrite, boolean shared) throws IOException {
        TemporaryFolder temporary = TemporaryFolder.create();
        boolean ready = false;
        try {
            ObjectWorkplace created =
                    new ObjectWorkplace(place, ObjectTarget.create(place.address(), overwrite, shared), temporary);
            ready = true;
            return created;
        } finally {
            if (!ready) {
                temporary.close();
            }
        }
    }

    private boolean isHeld(String key) {
        return Keys.isMetadata(key) && !ofArrays.matcher(key).matches();
    }

    @Override
    public void put(String key, ByteBuffer value) throws IOException {
        if (isHeld(key)) {
            target.hold(key, value);
        } else {
            super.put(key, value);
        }
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        return isHeld(key) ? target.held(key) : super.get(key, limit);
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        return isHeld(key)
                ? target.held(key).orElseThrow().slice((int) offset, length)
                : super.get(key, offset, length);
    }

    @Override
    public long size(String key) throws IOException {
        return isHeld(key) ? target.held(key).map(ByteBuffer::remaining).orElse(-1) : super.size(key);
    }

    @Override
    public ZarrStore store() {
        return this;
    }

    @Override
    public StagePlace stage(String path) throws IOException {
        target.folder().await(); // others read what the arrays are
        return new StagePlace.Address(path.isEmpty() ? place : (ImageLocation.Remote) place.inside(path));
    }

    @Override
    public Path scratch(String name) {
        return temporary.path().resolve(name);
    }

    @Override
    public String ending() {
        return target.ending();
    }

    @Override
    public ZarrStore reread() {
        return this;
    }

    @Override
    public void commit(Progress progress) throws IOException {
        progress.checkCancelled();
        target.commit();
    }

    @Override
    public void close() throws IOException {
        try (temporary) {
            target.close();
        }
    }
}
