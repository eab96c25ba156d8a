package org.scaledimaging.engine.zarr.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageState;
import org.scaledimaging.engine.zip.ZipArchive;

/** A zip file as a store that can be read: its root, or the only folder in its root that is a Zarr group. */
public final class ZipStore implements ZarrStore {
    private final ZipArchive archive;
    private final String prefix;

    /** @throws ImageFormatException when the zip file holds no Zarr at these places, or several */
    public ZipStore(ZipArchive archive) throws ImageFormatException {
        this.archive = archive;
        this.prefix = root(archive);
    }

    private static String root(ZipArchive archive) throws ImageFormatException {
        if (Keys.METADATA_FILES.stream().anyMatch(archive.names()::contains)) {
            return "";
        }
        Set<String> roots = new TreeSet<>();
        for (String name : archive.names()) {
            int slash = name.indexOf('/');
            if (slash > 0 && Keys.METADATA_FILES.contains(name.substring(slash + 1))) {
                roots.add(name.substring(0, slash + 1));
            }
        }
        if (roots.size() != 1) {
            throw new ImageFormatException(
                    archive.file(),
                    roots.isEmpty() ? "a zip file that holds no Zarr" : "several Zarr folders " + roots,
                    "one OME-Zarr in its root, or in one folder there");
        }
        return roots.iterator().next();
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        return archive.read(name(key), limit);
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        return archive.read(name(key), offset, length);
    }

    @Override
    public boolean isRemote() {
        return archive.isRemote();
    }

    @Override
    public boolean answersManyAtOnce() {
        return archive.isRemote();
    }

    @Override
    public long size(String key) throws IOException {
        return archive.size(name(key));
    }

    @Override
    public Optional<Boolean> hasChunks(String path) {
        String below = path.isEmpty() ? prefix : prefix + path + "/";
        return Optional.of(archive.names().stream()
                .anyMatch(name -> name.startsWith(below) && !name.endsWith("/") && !Keys.isMetadata(name)));
    }

    /** What the zip file is now. */
    public ImageState state() throws IOException {
        return ImageState.of(List.of(archive.file()));
    }

    @Override
    public void checkUnchanged() throws IOException {
        archive.checkUnchanged();
    }

    @Override
    public String location(String key) {
        return archive.location(prefix + key);
    }

    private String name(String key) throws ImageFormatException {
        return prefix + Keys.checked(archive.file(), key);
    }
}
