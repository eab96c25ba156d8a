package org.scaledimaging.engine.format.omezarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.engine.zarr.store.HttpStore;
import org.scaledimaging.engine.zarr.store.ZarrStore;
import org.scaledimaging.engine.zarr.store.write.Attempt;
import org.scaledimaging.engine.zarr.store.write.AttemptStore;
import org.scaledimaging.engine.zarr.store.write.UploadAttempt;

/**
 * The place where tasks of several processes write the arrays of an image: a folder that all of them see, or an
 * address.
 */
sealed interface StagePlace {

    /** Prepares it for tasks; {@link #end} removes what they leave. */
    String begin() throws IOException;

    void end() throws IOException;

    /** What is there, to be read. */
    ZarrStore store();

    /** Begins an attempt at a task. */
    Attempt attempt() throws IOException;

    /** Says where it is, for {@link #of}. */
    void describe(ObjectNode json);

    /**
     * The place as another process described it.
     *
     * @param marker what {@link #begin} gave
     * @throws TargetException when this process does not see it, or may not write there
     */
    static StagePlace of(JsonNode json, String marker) throws IOException {
        if (json.has("address")) {
            return new Address((ImageLocation.Remote)
                    ImageLocation.parse(json.path("address").asText()));
        }
        Folder folder = new Folder(Path.of(json.path("folder").asText()));
        folder.checkShared(marker);
        return folder;
    }

    /** A folder on storage that is shared. */
    record Folder(Path path) implements StagePlace {
        private static final String MARKER = "marker";

        private Path attempts() {
            return path.resolve(AttemptStore.ATTEMPTS);
        }

        @Override
        public String begin() throws IOException {
            Files.createDirectory(attempts());
            String marker = UUID.randomUUID().toString();
            Files.writeString(attempts().resolve(MARKER), marker);
            return marker;
        }

        @Override
        public void end() throws IOException {
            AtomicTarget.deleteAll(attempts());
        }

        @Override
        public ZarrStore store() {
            return new FileStore(path);
        }

        @Override
        public Attempt attempt() throws IOException {
            return AttemptStore.begin(path);
        }

        @Override
        public void describe(ObjectNode json) {
            json.put("folder", path.toAbsolutePath().toString());
        }

        /** Other computers may have a folder of that name, too, and other users may not write what the driver made. */
        private void checkShared(String marker) throws IOException {
            String found = "";
            try {
                found = Files.readString(attempts().resolve(MARKER));
            } catch (NoSuchFileException e) {
                // as good as another marker
            }
            if (!found.equals(marker)) {
                throw new TargetException(
                        path.getParent(),
                        "a folder that " + thisExecutor() + " does not see as the driver does",
                        "storage that all of them share, at the same path");
            }
            try {
                Files.delete(Files.createTempFile(attempts(), "trial", ""));
            } catch (IOException e) {
                throw new TargetException(
                        path.getParent(),
                        "a folder in which " + thisExecutor() + " cannot write",
                        "storage that all executors may write to, as the driver's user or another",
                        e);
            }
        }

        private static String thisExecutor() throws IOException {
            return "the executor on " + InetAddress.getLocalHost().getHostName();
        }
    }

    /** An address of an object store, where each object appears whole. */
    record Address(ImageLocation.Remote location) implements StagePlace {
        @Override
        public String begin() {
            return "";
        }

        @Override
        public void end() {}

        @Override
        public ZarrStore store() {
            return new HttpStore(location, Retries.standard());
        }

        @Override
        public Attempt attempt() throws IOException {
            return UploadAttempt.begin(location);
        }

        @Override
        public void describe(ObjectNode json) {
            json.put("address", location.toString());
        }
    }
}
