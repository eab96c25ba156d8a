package org.scaledimaging.engine.zarr.store.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.engine.zarr.store.Keys;

/**
 * The store of one attempt at a task, in a folder store that several processes write to: others see nothing of it until
 * it is complete, and several attempts at the same task leave the same files as one. It never makes the folder itself:
 * an attempt that outlives the job, whose folder is renamed or deleted by then, fails instead of bringing it back.
 */
public final class AttemptStore extends ReadThroughStore implements Attempt {
    /** Where attempts keep what is not complete, in the store's folder. */
    public static final String ATTEMPTS = ".attempts";

    private final Path root;
    private final Path folder;
    private final Map<String, Path> written = new HashMap<>();
    private final Set<Path> knownFolders = new HashSet<>();

    private AttemptStore(Path root, Path folder) {
        super(new FileStore(root));
        this.root = root;
        this.folder = folder;
    }

    /** Begins an attempt. {@link #ATTEMPTS} is there already. */
    public static AttemptStore begin(Path root) throws IOException {
        Path folder = root.resolve(ATTEMPTS).resolve(UUID.randomUUID().toString());
        Files.createDirectory(folder);
        return new AttemptStore(root, folder);
    }

    @Override
    public Path scratch(String name) {
        return folder.resolve("scratch." + name);
    }

    @Override
    public synchronized WritableByteChannel create(String key) throws IOException {
        Path file = folder.resolve(Integer.toString(written.size()));
        written.put(Keys.checked(root, key), file);
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public synchronized void publish() throws IOException {
        for (Map.Entry<String, Path> entry : written.entrySet()) {
            Path place = root.resolve(entry.getKey());
            makeFolder(place.getParent());
            Files.move(entry.getValue(), place, StandardCopyOption.ATOMIC_MOVE);
        }
        written.clear();
        Files.delete(folder);
    }

    private void makeFolder(Path place) throws IOException {
        if (place.equals(root) || !knownFolders.add(place)) {
            return;
        }
        makeFolder(place.getParent());
        if (!Files.isDirectory(place)) {
            FileStore.makeInside(place);
        }
    }

    @Override
    public void discard() throws IOException {
        AtomicTarget.deleteAll(folder);
    }
}
