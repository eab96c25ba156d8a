package org.scaledimaging.cli.serve.page;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.scaledimaging.cli.serve.Correction;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.KeptLowResolution;

/**
 * A correction whose parameters change while it is looked at. The image is read once; a change redoes the low-resolution
 * steps and makes a version of its own, whose voxels are computed when they are read. A newer change ends the estimate of
 * an older one. Thread-safe.
 */
public final class LiveCorrection implements Closeable {
    /** The current version and those before it, which clients may still be reading. */
    static final int KEPT_VERSIONS = 3;

    /**
     * What one set of parameters gives.
     *
     * @param number from 1
     * @param correction the plugins, with their parameters
     * @param preliminary whether plugins that are quicker were taken instead, where there are such
     * @param told what was told of the estimates, a sentence each
     * @param seconds that the estimates took
     */
    public record Version(
            int number,
            Correction correction,
            boolean preliminary,
            Image corrected,
            Image field,
            List<String> told,
            double seconds) {}

    private final KeptLowResolution source;
    private final Execution execution;
    private final PluginRegistry registry;
    private final AtomicInteger asked = new AtomicInteger();
    private final Object estimating = new Object();
    private final Deque<Version> versions = new ArrayDeque<>(); // newest first
    private int made;
    private volatile boolean closed;
    private volatile String doing = "";

    private LiveCorrection(KeptLowResolution source, Execution execution, PluginRegistry registry) {
        this.source = source;
        this.execution = execution;
        this.registry = registry;
    }

    /**
     * Reads the image's low-resolution image and makes the first version.
     *
     * @param image closed together with the result, not where this fails
     * @param correction at least one plugin
     * @throws ParameterException when an option does not fit the image, or a plugin cannot work with it
     */
    public static LiveCorrection start(Image image, Correction correction, Execution execution, PluginRegistry registry)
            throws IOException, ParameterException {
        KeptLowResolution kept = KeptLowResolution.of(
                image.source(), correction.chain(), correction.steps().get(0).options(), execution.part(0, 0.5));
        LiveCorrection live = new LiveCorrection(kept, execution, registry);
        try {
            live.estimate(correction, false, execution.part(0.5, 1));
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            kept.release();
            throw e;
        }
        return live;
    }

    /** The image before the correction, with its low-resolution image as a level. */
    public Image before() {
        return Image.of(source.before());
    }

    /** The same in the type that plugins compute in. */
    public ImageSource source() {
        return source;
    }

    /** What is being estimated and how far that is, in words; empty for nothing. */
    public String doing() {
        return doing;
    }

    public Version current() {
        synchronized (versions) {
            return versions.getFirst();
        }
    }

    /** A version that is still there. */
    public Optional<Version> version(int number) {
        synchronized (versions) {
            return versions.stream()
                    .filter(version -> version.number() == number)
                    .findFirst();
        }
    }

    /**
     * Redoes the estimates with other parameters.
     *
     * @param parameters texts by name, for each plugin of the chain
     * @param preliminary whether a result that is roughly the same will do, if it is to be had sooner
     * @return the new version, which is current then
     * @throws ParameterException when a value is not accepted; the current version stays
     * @throws CancellationException when a newer change came
     */
    public Version change(List<Map<String, String>> parameters, boolean preliminary)
            throws IOException, ParameterException {
        List<ScaledProcessingPlugin> chain = new ArrayList<>();
        List<ScaledProcessingPlugin> before = current().correction().chain();
        for (int i = 0; i < before.size(); i++) {
            chain.add(registry.create(
                    before.get(i).description().id(), i < parameters.size() ? parameters.get(i) : Map.of()));
        }
        int mine = asked.incrementAndGet();
        Execution silent = execution.withNotices(notice -> {}); // the page tells them
        return estimate(current().correction().with(chain), preliminary, silent.withProgress(until(mine)));
    }

    private Progress until(int mine) {
        return Progress.of(
                (fraction, message) -> doing = message + ", " + Math.round(100 * fraction) + " %",
                () -> closed || asked.get() != mine || execution.progress().isCancelled());
    }

    /** Whether there is a plugin among these that is quicker than one that is asked for. */
    public boolean hasQuicker(Correction correction) {
        return !quicker(correction.chain()).equals(correction.chain());
    }

    private List<ScaledProcessingPlugin> quicker(List<ScaledProcessingPlugin> chain) {
        return chain.stream()
                .map(plugin -> plugin.quicker(source.lowResolution()).orElse(plugin))
                .toList();
    }

    private Version estimate(Correction correction, boolean preliminary, Execution run)
            throws IOException, ParameterException {
        synchronized (estimating) {
            run.progress().checkCancelled();
            long start = System.nanoTime();
            List<String> told = new ArrayList<>();
            Execution telling = run.withNotices(notice -> {
                run.tell(notice);
                if (notice.kind() != Notice.Kind.DETAIL) {
                    synchronized (told) {
                        told.add(notice.sentence());
                    }
                }
            });
            Correction here = preliminary ? correction.with(quicker(correction.chain())) : correction;
            Image image;
            try {
                image = here.apply(Image.of(source.lent()), telling).image();
            } finally {
                doing = "";
            }
            Image field = image.field().orElseThrow();
            double seconds = (System.nanoTime() - start) / 1e9;
            boolean rough = preliminary && hasQuicker(correction);
            Version version = new Version(++made, correction, rough, image, field, List.copyOf(told), seconds);
            add(version);
            return version;
        }
    }

    private void add(Version version) throws IOException {
        Version old = null;
        synchronized (versions) {
            versions.addFirst(version);
            if (versions.size() > KEPT_VERSIONS) {
                old = versions.removeLast();
            }
        }
        if (old != null) {
            old.corrected().close();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        synchronized (estimating) {
            synchronized (versions) {
                for (Version version : versions) {
                    version.corrected().close();
                }
            }
            source.close();
        }
    }
}
