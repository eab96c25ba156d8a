package org.scaledimaging.cli.serve;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.omezarr.lazy.LazyOmeZarr;
import org.scaledimaging.engine.message.ParameterException;

/** An image as OME-Zarr of either version, none of it computed yet. Thread-safe. */
public final class ServedImage {
    /** Voxels of a chunk of the image that takes no time to read. */
    private static final double MOST_REHEARSED = 1 << 22;

    private final String name;
    private final Image image;
    private final OmeZarrWriteOptions options;
    private final Execution execution;
    private final String version = UUID.randomUUID().toString();
    private final Map<String, LazyOmeZarr> stores = new TreeMap<>();

    ServedImage(String name, Image image, OmeZarrWriteOptions options, Execution execution) {
        this.name = name;
        this.image = image;
        this.options = options;
        this.execution = execution;
    }

    /** Computes a chunk in vain: the first one takes longer than others, for what it needs is loaded first. */
    void rehearse() {
        double read =
                Arrays.stream(image.source().chunkShape()).asDoubleStream().reduce(1, (a, b) -> a * b);
        if (read > MOST_REHEARSED) {
            return;
        }
        try {
            LazyOmeZarr store = store("0.4");
            List<String> looks = store.firstLooks();
            if (!looks.isEmpty()) {
                store.chunk(looks.get(looks.size() - 1));
            }
        } catch (IOException | ParameterException | RuntimeException | OutOfMemoryError e) {
            // whoever asks for the chunk learns of it
        }
    }

    public Image image() {
        return image;
    }

    /** Tells this image from others that were or will be served under its name. */
    public String version() {
        return version;
    }

    /**
     * The image as OME-Zarr; made when it is first asked for.
     *
     * @param omeZarr 0.4 or 0.5
     */
    public synchronized LazyOmeZarr store(String omeZarr) throws IOException, ParameterException {
        LazyOmeZarr store = stores.get(omeZarr);
        if (store == null) {
            Optional<String> recipe = image.recipe().map(known -> image.toJson());
            OmeZarrWriteOptions resolved = image.resolved(options.withVersion(omeZarr));
            store = LazyOmeZarr.of(name, image.source(), resolved, recipe, execution);
            stores.put(omeZarr, store);
        }
        return store;
    }
}
