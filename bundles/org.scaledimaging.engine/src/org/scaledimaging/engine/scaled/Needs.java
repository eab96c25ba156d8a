package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.align.AppliedWithin;
import org.scaledimaging.engine.align.ImageOnGrid;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.lowres.EstimateMemory;
import org.scaledimaging.engine.scaled.lowres.LowResolutionLevel;
import org.scaledimaging.engine.scaled.share.EstimateFrom;
import org.scaledimaging.engine.scaled.share.Sharing;
import org.scaledimaging.engine.scaled.share.VolumeGroups;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * Tells what scaled processing would take without doing it: no voxel is read but of levels that do not say where they
 * lie.
 *
 * @param lowResolution the low-resolution image, in the image's order of axes
 * @param readsAll whether the estimate reads the whole image at full resolution, not a coarser level of it
 * @param bytes that the low-resolution image and the estimate take of the memory
 * @param estimates how many there are for each volume: 1, or less where several share one
 */
public record Needs(ImageMetadata lowResolution, boolean readsAll, long bytes, double estimates) {

    /**
     * Of one step.
     *
     * @param image that is processed
     * @param given options, of which not all may be settled
     * @param opener opens the images that options and parameters name, to see where they lie
     * @throws ParameterException when the job would be refused for what the options, the memory or these images are
     * @throws IOException when one of the images cannot be opened
     */
    public static Needs of(
            ImageSource image,
            ScaledProcessingPlugin plugin,
            ScaledProcessingOptions given,
            ImageOpener opener,
            Execution execution)
            throws IOException, ParameterException {
        ImageMetadata metadata = image.metadata();
        ScaledProcessing.check(metadata, List.of(plugin), given, execution);
        ScaledProcessingOptions options = ScaledProcessing.resolved(metadata, given, opener, execution);
        ImageSource arranged = TransposedSource.of(image, Volumes.spatialLast(metadata));
        checkImages(arranged.metadata(), plugin, options, opener, execution);
        int[] factors = ScaledProcessing.factors(arranged.metadata(), options.downsampleFactor());
        LowResolutionLevel low = LowResolutionLevel.of(arranged, arranged, factors);
        long all = 1;
        for (int factor : factors) {
            all *= factor;
        }
        EstimateMemory memory = EstimateMemory.of(metadata, List.of(plugin), execution.memory(), execution.executor());
        int volumes = (int)
                Math.min(execution.threads(), Volumes.of(arranged.metadata()).count());
        int atOnce = memory.volumesAtOnce(options.downsampleFactor(), volumes);
        return new Needs(
                TransposedSource.of(low.source(), Volumes.spatialLast(metadata).inverse())
                        .metadata(),
                low.voxelsRead() == all,
                (long) memory.bytes(options.downsampleFactor(), atOnce),
                estimates(arranged.metadata(), options));
    }

    private static double estimates(ImageMetadata image, ScaledProcessingOptions options) throws ParameterException {
        if (options.share().equals(Sharing.AUTO)) { // resolved: nothing is shared
            return 1;
        }
        EstimateFrom from = EstimateFrom.parse(options.estimateFrom());
        Sharing sharing = Sharing.of(options.share(), from, image, Optional.empty());
        return (double) VolumeGroups.of(image, sharing).count()
                / Volumes.of(image).count();
    }

    /** Masks, and what the estimate is made from, lie where the image does; so do the plugin's own. */
    private static void checkImages(
            ImageMetadata image,
            ScaledProcessingPlugin plugin,
            ScaledProcessingOptions options,
            ImageOpener opener,
            Execution execution)
            throws IOException, ParameterException {
        for (var named : options.images().entrySet()) {
            String setting =
                    ScaledProcessingDeclaration.settingOf(named.getKey()).toString();
            if (named.getKey().equals(ScaledProcessingDeclaration.APPLY_MASK)) { // whose values count, too
                checkApplied(setting, named.getValue(), image, opener, execution);
                continue;
            }
            boolean shared = named.getKey().equals(ScaledProcessingDeclaration.FROM); // may have volumes of its own
            check(setting, named.getValue(), shared, image, opener, execution);
        }
        for (Parameter parameter : plugin.description().parameters()) {
            Object value = plugin.parameters().asMap().get(parameter.name());
            if (parameter.type() == Parameter.Type.IMAGE && !parameter.choices().contains(value.toString())) {
                check(Setting.parameter(parameter.name()), value.toString(), false, image, opener, execution);
            }
        }
    }

    private static void checkApplied(
            String setting, String value, ImageMetadata image, ImageOpener opener, Execution execution)
            throws IOException, ParameterException {
        try (ImageSource given = opener.open(value, execution)) {
            AppliedWithin.of(setting, ImageOpener.name(value, given.metadata()), given, image, execution);
        }
    }

    private static void check(
            String setting, String value, boolean volume, ImageMetadata image, ImageOpener opener, Execution execution)
            throws IOException, ParameterException {
        try (ImageSource given = opener.open(value, execution)) {
            String name = ImageOpener.name(value, given.metadata());
            ImageSource compared = volume ? new MetadataAlone(Volumes.volumeMetadata(given.metadata())) : given;
            ImageOnGrid.ofMask(setting, name, compared, image, execution);
        }
    }

    /** An image of which nobody reads a voxel. */
    private record MetadataAlone(ImageMetadata metadata) implements ImageSource {
        @Override
        public int[] chunkShape() {
            int[] shape = new int[metadata.dimensions().size()];
            Arrays.fill(shape, 1);
            return shape;
        }

        @Override
        public void read(Block target) {
            throw new IllegalStateException("nobody reads " + metadata.name());
        }
    }
}
