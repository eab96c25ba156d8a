package org.scaledimaging.cli.serve;

import java.io.IOException;
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
