package org.scaledimaging.knime.view;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.data.DataServiceException;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.Sentences;

/**
 * Answers a page while it is open. KNIME calls the public methods by name, from several threads. It holds no image: a
 * node may be executed again while its view is open.
 */
public final class ViewService {
    /** KNIME's own pages wait ten seconds for an answer. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final Supplier<PortObject[]> kept;
    private final AtomicLong newest = new AtomicLong();

    /** @param kept what the node keeps now: the folder of the view first, then images */
    public ViewService(Supplier<PortObject[]> kept) {
        this.kept = kept;
    }

    /** The folder of a view. */
    static ViewFolder folder(PortObject[] kept) throws IOException {
        return new ViewFolder(((ScaledImagePortObject) kept[0])
                .store()
                .orElseThrow()
                .getFile()
                .toPath());
    }

    /** A slice of an image's small copy; see {@link ViewFolder#slice}. */
    public Map<String, Object> slice(int image, String axis, int index, int channel, int time) {
        try {
            return folder(kept.get()).slice(image, axis, index, channel, time);
        } catch (IOException | ParameterException e) {
            throw new DataServiceException(Sentences.of(e), e);
        } catch (IndexOutOfBoundsException e) {
            throw new DataServiceException("Slice: found " + e.getMessage() + ", expected one that the image has.", e);
        }
    }

    /**
     * The same of the image itself, in at least so many pixels; empty where it takes too long, where the image is gone, or
     * where another was asked for meanwhile. A question that comes later cancels one that is being answered.
     */
    public Map<String, Object> finer(int image, String axis, int index, int channel, int time, int pixels) {
        long mine = newest.incrementAndGet();
        Execution execution = Execution.standard().withProgress(new Patience(MOST_NANOS, () -> newest.get() != mine));
        try {
            PortObject[] objects = kept.get();
            Optional<Integer> port = folder(objects).port(image);
            if (port.isEmpty()) {
                return Map.of();
            }
            ScaledImagePortObject object = (ScaledImagePortObject) objects[1 + port.get()];
            try (Image opened = object.open(execution)) {
                return ViewFolder.finer(opened, axis, index, channel, time, pixels, execution)
                        .orElse(Map.of());
            }
        } catch (CancellationException e) {
            return Map.of();
        } catch (IOException | ParameterException | RuntimeException e) {
            return Map.of("why", String.valueOf(Sentences.of(e)));
        }
    }
}
