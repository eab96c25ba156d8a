package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.lowres.LowResolutionLevel;
import org.scaledimaging.engine.scaled.lowres.LowResolutionSource;
import org.scaledimaging.engine.scaled.lowres.StoredVolumes;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.view.ConvertedSource;
import org.scaledimaging.engine.view.TransposedSource;
import org.scaledimaging.engine.view.View;

/**
 * An image with its low-resolution image made and kept, as one of its levels: estimates with other parameters, one
 * after another, read nothing of the image again. It has the pixel type that plugins compute in, since all levels have
 * one type and means of integers are no integers. Estimates on it, and what is made of them, are those of the image
 * itself to the bit.
 */
public final class KeptLowResolution extends View {
    private final ImageSource original;
    private final ImageSource low;
    private final BlockStore store;

    private KeptLowResolution(ImageSource image, PixelType working, ImageSource low, BlockStore store) {
        super(
                ConvertedSource.of(image, working),
                ConvertedSource.of(image, working).metadata());
        this.original = image;
        this.low = low;
        this.store = store;
    }

    /**
     * Reads the image once, or the level of its pyramid that will do, on the threads of the execution.
     *
     * @param image closed together with the result, not where this fails
     * @param chain the plugins that are going to estimate, one applied to another's result: there has to be memory for them
     * @param options of which the downsample factor and the chunk size count
     * @return float32, or float64 where the pixel type needs it
     * @throws ParameterException when an option does not fit the image
     * @throws IOException when the image cannot be read, or was changed while it was
     */
    public static KeptLowResolution of(
            ImageSource image, List<ScaledProcessingPlugin> chain, ScaledProcessingOptions options, Execution execution)
            throws IOException, ParameterException {
        ScaledProcessing.check(image.metadata(), chain, options, execution);
        AxisOrder order = Volumes.spatialLast(image.metadata());
        ImageSource arranged = TransposedSource.of(image, order);
        List<Integer> factor = options.resolved(image.metadata()).downsampleFactor();
        int[] factors = ScaledProcessing.factors(arranged.metadata(), factor);
        int[] chunkSize = ScaledProcessing.chunkSize(arranged.metadata(), options.chunkSize());
        BlockStore store = new BlockStore(execution.memory());
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled)) {
            Execution prepared = Preparation.prepared(arranged, execution);
            LowResolutionLevel level = LowResolutionLevel.of(arranged, arranged, factors);
            StoredVolumes stored = new StoredVolumes(
                    level, chunkSize, Volumes.volumeMetadata(arranged.metadata()), Optional.empty(), store);
            ImageSource low = Unchanged.<ImageSource, ParameterException>during(
                    arranged, () -> new LowResolutionSource(level.metadata(), stored.all(prepared)));
            PixelType working = image.metadata().pixelType().working();
            return new KeptLowResolution(image, working, TransposedSource.of(low, order.inverse()), store);
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** The same image for one of several estimates: closing that, or what is made of it, leaves this one open. */
    public ImageSource lent() {
        KeptLowResolution lender = this;
        return new View(this, metadata()) {
            @Override
            protected List<ImageSource> coarser() {
                return lender.levels().subList(1, lender.levels().size());
            }

            @Override
            public void close() {
                // the lender's, and whoever has that closes it
            }
        };
    }

    /** The image in its own type, for whoever looks at it from afar: the low-resolution image is rounded to that. */
    public ImageSource before() {
        return new EstimatedSource(original, low);
    }

    /** The metadata of one of its volumes at low resolution. */
    public ImageMetadata lowResolution() {
        ImageMetadata arranged = low.metadata()
                .withDimensions(
                        Volumes.spatialLast(low.metadata()).apply(low.metadata().dimensions()));
        return Volumes.volumeMetadata(arranged);
    }

    /** Gives up the low-resolution image and leaves the image open. */
    public void release() throws IOException {
        store.close();
    }

    /** The low-resolution image first: it stays where a level of the image has its shape. */
    @Override
    protected List<ImageSource> coarser() {
        List<ImageSource> coarser = new ArrayList<>(List.of(low));
        List<ImageSource> known = image().levels();
        coarser.addAll(known.subList(1, known.size()));
        return coarser;
    }

    @Override
    public boolean levelsAreDownsampled() {
        return original.levelsAreDownsampled();
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            store.close();
        }
    }
}
