package org.scaledimaging.cli.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.message.ParameterException;

/**
 * The images that a server has, by name. Images come and go while it runs; whoever puts one here closes it, once it is
 * removed or the server is closed. Thread-safe.
 */
public final class Session {
    /** What a name may be: it is a part of an address. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]*";

    private final OmeZarrWriteOptions options;
    private final Execution execution;
    private final Map<String, CompletableFuture<ServedImage>> images = new LinkedHashMap<>();
    private volatile String doing = "";

    /**
     * @param options how images would be written; their version is without effect
     * @param execution for samples of values that display windows come from
     */
    public Session(OmeZarrWriteOptions options, Execution execution) {
        this.options = options;
        this.execution = execution.withProgress(execution.progress().untold());
    }

    /** Announces an image: who asks for it waits until it is there. */
    public synchronized void expect(String name) {
        checked(name);
        images.putIfAbsent(name, new CompletableFuture<>());
    }

    /**
     * Puts an image under a name, in place of an earlier one.
     *
     * @throws ParameterException when it cannot be laid out as OME-Zarr with these options
     */
    public void put(String name, Image image) throws IOException, ParameterException {
        checked(name);
        ServedImage served = new ServedImage(name, image, options, execution);
        served.store("0.4");
        served.store("0.5");
        CompletableFuture<ServedImage> waiting;
        synchronized (this) {
            waiting = images.get(name);
            if (waiting == null || waiting.isDone()) {
                images.put(name, CompletableFuture.completedFuture(served));
                return;
            }
        }
        served.rehearse();
        waiting.complete(served);
    }

    /** Takes a name away; who waits for its image learns that there is none. */
    public void remove(String name) {
        CompletableFuture<ServedImage> gone;
        synchronized (this) {
            gone = images.remove(name);
        }
        if (gone != null) {
            gone.cancel(false);
        }
    }

    /** The names, in the order in which they came. */
    public synchronized List<String> names() {
        return new ArrayList<>(images.keySet());
    }

    /** The image of a name, once it is there; nothing where there is no such name. */
    public synchronized Optional<CompletableFuture<ServedImage>> find(String name) {
        return Optional.ofNullable(images.get(name)).map(CompletableFuture::copy);
    }

    /** What is being done that images wait for, in words; empty for nothing. */
    public String doing() {
        return doing;
    }

    /** Nothing is being done any more. */
    public void done() {
        doing = "";
    }

    /** The same progress, which this session learns of, too. */
    public Progress following(Progress progress) {
        return Progress.of(
                (fraction, message) -> {
                    doing = message + ", " + Math.round(100 * fraction) + " %";
                    progress.report(fraction, message);
                },
                progress::isCancelled);
    }

    private static void checked(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("the name " + name);
        }
    }
}
