package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.field.StoredField;
import org.scaledimaging.engine.scaled.lowres.EstimateFile;
import org.scaledimaging.engine.scaled.lowres.EstimateOrigin;
import org.scaledimaging.engine.scaled.lowres.PluginSteps;
import org.scaledimaging.engine.scaled.lowres.StoredVolumes;
import org.scaledimaging.engine.scaled.share.EstimateFrom;
import org.scaledimaging.engine.scaled.share.GivenImage;
import org.scaledimaging.engine.scaled.share.SharedVolumes;
import org.scaledimaging.engine.scaled.share.Sharing;
import org.scaledimaging.engine.scaled.share.VolumeGroups;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.spill.StoredBlock;

/**
 * The fields of an image's volumes: estimated, or taken from a file. A file holds the volumes at low resolution, each with
 * its field's coefficients; where fields are shared or a mask was given, without these, and after them what each field was
 * estimated on, with its coefficients.
 */
final class FieldEstimation {
    private static final String MASK = "mask";

    private final ImageSource image;
    private final KeptBlocks kept;
    private final ScaledProcessingPlugin plugin;
    private final ScaledProcessingOptions options;
    private final int[] factors;
    private final StoredVolumes stored;
    private final BlockStore store;
    private StoredVolumes estimatedOn;

    /**
     * @param image spatial axes last
     * @param kept keeps what is read of it
     * @param options resolved
     * @param stored the image's volumes at low resolution
     * @param store keeps what else is made
     */
    FieldEstimation(
            ImageSource image,
            KeptBlocks kept,
            ScaledProcessingPlugin plugin,
            ScaledProcessingOptions options,
            int[] factors,
            StoredVolumes stored,
            BlockStore store) {
        this.image = image;
        this.kept = kept;
        this.plugin = plugin;
        this.options = options;
        this.factors = factors;
        this.stored = stored;
        this.store = store;
        this.estimatedOn = stored;
    }

    /** @throws ParameterException when the plugin has an image as a mask of its own, beside that of the options */
    static void checkMask(ScaledProcessingPlugin plugin, ScaledProcessingOptions options) throws ParameterException {
        for (Parameter parameter : plugin.description().parameters()) {
            Object value = plugin.parameters().asMap().get(parameter.name());
            if (options.mask().isPresent()
                    && parameter.name().equals(MASK)
                    && parameter.type() == Parameter.Type.IMAGE
                    && !parameter.choices().contains(value)) {
                throw new ParameterException(
                        Setting.MASK,
                        "an image, and another one as " + Setting.parameter(MASK) + " of "
                                + plugin.description().id(),
                        "one of the two");
            }
        }
    }

    /**
     * The field of each volume; all volumes are stored then.
     *
     * @param low of the low-resolution image
     * @param opener opens the images that the options name
     */
    List<Field> fields(ImageMetadata low, ImageOpener opener, Execution execution)
            throws IOException, ParameterException {
        EstimateFrom from = EstimateFrom.parse(options.estimateFrom());
        boolean asItIs = from.kind() == EstimateFrom.Kind.EACH && options.mask().isEmpty();
        if (options.estimateFile().filter(Files::exists).isPresent()) {
            kept.stopKeeping(); // nothing is read twice
            Optional<SharedVolumes> shared = asItIs
                    ? Optional.empty()
                    : Optional.of(new SharedVolumes(stored, from, low, sharing(from, low), store));
            return restore(options.estimateFile().get(), shared);
        }
        execution.tell(Notice.detail("Estimating: " + stored.plan(execution) + ", " + kept.plan() + "."));
        if (asItIs) {
            return estimate(Optional.empty(), () -> stored, execution);
        }
        boolean ownImage = from.kind() == EstimateFrom.Kind.IMAGE;
        try (Given own = ownImage ? open(options.estimateFrom(), opener, execution) : new Given(Optional.empty());
                Given mask = options.mask().isPresent()
                        ? open(options.mask().get(), opener, execution)
                        : new Given(Optional.empty())) {
            SharedVolumes shared = new SharedVolumes(stored, from, low, sharing(from, low), store);
            return estimate(
                    Optional.of(shared.groups()),
                    () -> {
                        StoredVolumes made = shared.made(own.image(), mask.image(), grid(), execution.tellingOnce());
                        own.checkUnchanged();
                        mask.checkUnchanged();
                        return made;
                    },
                    execution);
        }
    }

    /** Of a volume, without voxels. */
    private LowResolutionImage grid() {
        ImageMetadata volume = stored.metadata();
        Block none = Block.allocate(volume.pixelType(), Interval.ofShape(new long[volume.shape().length]));
        return new LowResolutionImage(volume, none, factors.clone(), Volumes.volumeMetadata(image.metadata()));
    }

    private Sharing sharing(EstimateFrom from, ImageMetadata low) throws ParameterException {
        return options.share().equals(Sharing.AUTO) // resolved: nothing is shared
                ? Sharing.NONE
                : Sharing.of(options.share(), from, low, Optional.empty());
    }

    /** An image that was given, if one was. */
    private record Given(Optional<GivenImage> image) implements AutoCloseable {
        void checkUnchanged() throws IOException {
            if (image.isPresent()) {
                image.get().source().checkUnchanged();
            }
        }

        @Override
        public void close() throws IOException {
            if (image.isPresent()) {
                image.get().source().close();
            }
        }
    }

    private static Given open(String value, ImageOpener opener, Execution execution)
            throws IOException, ParameterException {
        ImageSource source = opener.open(value, execution);
        String name = ImageOpener.name(value, source.metadata());
        return new Given(Optional.of(new GivenImage(name, source)));
    }

    /** Makes what fields are estimated on. */
    private interface Making {
        StoredVolumes make() throws IOException, ParameterException;
    }

    private List<Field> estimate(Optional<VolumeGroups> groups, Making making, Execution execution)
            throws IOException, ParameterException {
        List<Field> found = Unchanged.<List<Field>, ParameterException>during(image, () -> {
            estimatedOn = making.make();
            List<Field> estimated =
                    PluginSteps.lowResOfAll(plugin, estimatedOn, execution.withNotices(estimatedOn.notices()::tell));
            estimatedOn.all(execution);
            stored.all(execution);
            return estimated;
        });
        kept.stopKeeping();
        List<Field> fields = new ArrayList<>();
        for (int number = 0; number < found.size(); number++) {
            fields.add(estimatedOn.keep(number, plugin, found.get(number), execution));
        }
        if (options.estimateFile().isPresent()) {
            keep(options.estimateFile().get(), fields);
        }
        return ofVolumes(fields, groups);
    }

    private List<Field> ofVolumes(List<Field> fields, Optional<VolumeGroups> groups) {
        return groups.isEmpty()
                ? fields
                : IntStream.range(0, stored.count())
                        .mapToObj(volume -> fields.get(groups.get().groupOf(volume)))
                        .toList();
    }

    /** What was told of the estimate; nothing where it was not made now. */
    List<Notice> told() {
        return estimatedOn.notices().together(estimatedOn.count(), estimatedOn::name);
    }

    private EstimateOrigin origin() throws ParameterException {
        Map<String, String> texts = new TreeMap<>();
        options.estimate().forEach((name, value) -> texts.put("process." + name, value));
        options.images().keySet().forEach(name -> texts.put("process." + name, EstimateOrigin.IMAGE));
        texts.remove("process." + ScaledProcessingDeclaration.APPLY_MASK); // which has no say in the estimate
        return EstimateOrigin.of(plugin, factors).with(texts);
    }

    private List<Field> restore(Path file, Optional<SharedVolumes> shared) throws IOException, ParameterException {
        estimatedOn = shared.isPresent() ? shared.get().toRestore() : stored;
        int before = shared.isPresent() ? stored.count() : 0;
        int count = before + estimatedOn.count();
        List<List<StoredBlock>> coefficients = new ArrayList<>();
        boolean[] other = new boolean[1];
        EstimateFile.Content content = EstimateFile.read(file, (number, volume) -> {
            Block voxels = volume.lowResolution();
            other[0] |= number >= count
                    || !voxels.interval().equals(stored.metadata().interval())
                    || voxels.pixelType() != stored.metadata().pixelType();
            if (!other[0] && number < before) {
                stored.restore(number, voxels, volume.coefficients());
            } else if (!other[0]) {
                coefficients.add(estimatedOn.restore(number - before, voxels, volume.coefficients()));
            }
        });
        content.origin().completed(plugin.description()).checkIs(origin(), file);
        if (other[0] || content.volumes() != count) {
            throw new ImageFormatException(
                    file,
                    "an estimate of another image",
                    "one of " + image.metadata().name() + " with this factor");
        }
        List<Field> fields = new ArrayList<>();
        for (int number = 0; number < estimatedOn.count(); number++) {
            fields.add(estimatedOn.restored(number, plugin, coefficients.get(number)));
        }
        return ofVolumes(fields, shared.map(SharedVolumes::groups));
    }

    /** Fields that cannot be stored are estimated anew where they are needed again. */
    private void keep(Path file, List<Field> fields) throws IOException, ParameterException {
        for (Field field : fields) {
            boolean storable = field instanceof SampledField || field instanceof StoredField;
            if (!storable && field.coefficients().isEmpty()) {
                return;
            }
        }
        int before = estimatedOn == stored ? 0 : stored.count();
        EstimateFile.write(
                file,
                origin(),
                before + fields.size(),
                number -> number < before
                        ? new EstimateFile.Volume(stored.known(number), List.of())
                        : new EstimateFile.Volume(
                                estimatedOn.known(number - before),
                                fields.get(number - before).coefficients()));
    }
}
