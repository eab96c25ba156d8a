package org.scaledimaging.engine.format.omezarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.MantissaRounding;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.format.omezarr.labels.LabelImage;
import org.scaledimaging.engine.format.omezarr.metadata.DisplayWindow;
import org.scaledimaging.engine.format.omezarr.metadata.ForeignJson;
import org.scaledimaging.engine.format.omezarr.metadata.OmeMetadata;
import org.scaledimaging.engine.format.omezarr.metadata.OmeroJson;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Evaluated;
import org.scaledimaging.engine.image.ForeignAttributes;
import org.scaledimaging.engine.image.ForeignAttributes.Place;
import org.scaledimaging.engine.image.HeaderFields;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.view.TransposedSource;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrArraySpec;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * An image as an OME-Zarr, but for its voxels: axes in the order that the specification wants, levels, chunks, metadata.
 * What is written and what is computed when it is asked for are laid out by this alike. Immutable.
 */
public final class OmeZarrLayout {
    private final ImageSource original;
    private final AxisOrder order;
    private final ImageSource image;
    private final PyramidPlan plan;
    private final OmeZarrWriteOptions options;
    private final Optional<String> of;
    private final String ending;

    private OmeZarrLayout(
            ImageSource original, AxisOrder order, OmeZarrWriteOptions options, Optional<String> of, String ending)
            throws ParameterException {
        this.original = original;
        this.order = order;
        this.image = TransposedSource.of(original, order);
        this.plan = PyramidPlan.of(image, options);
        this.options = options;
        this.of = of;
        this.ending = ending;
    }

    /** @throws ParameterException when an option does not fit the image */
    public static OmeZarrLayout of(ImageSource image, OmeZarrWriteOptions options) throws ParameterException {
        return of(image, options, Optional.empty());
    }

    /** @param of the path from labels to the group of the image that they are of; nothing where they are beside none */
    static OmeZarrLayout of(ImageSource image, OmeZarrWriteOptions options, Optional<String> of)
            throws ParameterException {
        OmeZarrWriteOptions resolved = options.withPyramid(options.pyramid().resolved(image.levels()));
        return new OmeZarrLayout(image, OmeZarrWriter.order(image.metadata()), resolved, of, "");
    }

    /** The same with arrays whose names end with something. */
    OmeZarrLayout withArraysEnding(String newEnding) throws ParameterException {
        return newEnding.equals(ending) ? this : new OmeZarrLayout(original, order, options, of, newEnding);
    }

    /**
     * How labels are laid out that are written beside this image: with its chunks and, where they have its voxels, its
     * levels. They say that they are of this image.
     *
     * @throws ParameterException when an option does not fit the labels
     */
    OmeZarrLayout ofLabels(LabelImage label) throws ParameterException {
        ImageMetadata labels = label.image().metadata();
        OmeZarrWriteOptions same = options.withLevels(levels().size())
                .withShards()
                .withCompression(options.compression().lossless());
        if (!options.chunks().isEmpty() || plan.shard().isPresent()) {
            same = same.withChunks(spatial(plan.pyramid().chunk()));
        }
        if (plan.shard().isPresent()) {
            same = same.withShards(spatial(plan.shard().get()));
        }
        if (SpatialAxes.areAlike(labels, image.metadata())) {
            same = same.withPyramid(PyramidScaling.given(steps()));
        }
        String up = "../"
                .repeat((int) label.name()
                                .chars()
                                .filter(letter -> letter == '/')
                                .count()
                        + 2);
        return of(label.image(), same, Optional.of(up));
    }

    private List<Map<Axis, Integer>> steps() {
        List<Map<Axis, Integer>> steps = new ArrayList<>();
        for (int[] factors : plan.pyramid().factors()) {
            Map<Axis, Integer> step = new EnumMap<>(Axis.class);
            for (int d = 0; d < factors.length; d++) {
                step.put(image.metadata().dimensions().get(d).axis(), factors[d]);
            }
            steps.add(step);
        }
        return steps;
    }

    private int[] spatial(int[] perAxis) {
        return SpatialAxes.only(perAxis, image.metadata());
    }

    /** The image with its axes in the order in which they are stored. */
    public ImageSource image() {
        return image;
    }

    /**
     * The image at larger voxels, where it is one that can be had so at once: in the order in which axes are stored.
     *
     * @param factors how many voxels one of the result covers, per axis in that order
     */
    public Optional<ImageSource> evaluated(int[] factors) {
        return original instanceof Evaluated function
                ? Optional.of(TransposedSource.of(function.at(order.inverse().apply(factors)), order))
                : Optional.empty();
    }

    /** Metadata of each level, finest first. */
    public List<ImageMetadata> levels() {
        return plan.levels();
    }

    /** How many voxels of a level make one of the next coarser one, per axis. */
    public int[] step(int level) {
        return plan.factors().get(level).clone();
    }

    /** Voxels per chunk, the same at each level. */
    public int[] chunk() {
        return plan.chunk().clone();
    }

    /** What values lose when they are written. */
    Optional<MantissaRounding> rounding() {
        return options.compression().rounding();
    }

    PyramidPlan plan() {
        return plan;
    }

    /** The paths of the levels' arrays. */
    public List<String> paths() {
        return IntStream.range(0, plan.levels().size())
                .mapToObj(level -> level + ending)
                .toList();
    }

    /** Writes the metadata of all levels' arrays, finest first, which then have no chunks. */
    public List<ZarrArray> createArrays(ZarrStore store) throws IOException {
        List<ZarrArray> arrays = new ArrayList<>();
        for (int level = 0; level < plan.levels().size(); level++) {
            arrays.add(ZarrArray.create(store, paths().get(level), spec(level)));
        }
        return arrays;
    }

    private ZarrArraySpec spec(int level) {
        ImageMetadata metadata = plan.levels().get(level);
        boolean zarr3 = options.version().equals("0.5");
        ZarrArraySpec spec = ZarrArraySpec.of(zarr3 ? 3 : 2, metadata.pixelType(), metadata.shape(), plan.chunk())
                .uncompressed();
        var codec = options.compression().codec(metadata.pixelType());
        if (codec.isPresent()) {
            spec = spec.withCodec(codec.get());
        }
        if (plan.shard().isPresent()) {
            spec = spec.withShards(plan.shard().get());
        }
        return spec.withDimensionNames(Arrays.asList(metadata.axes().split("")))
                .withAttributes(ForeignJson.array(metadata, level == 0));
    }

    /**
     * Writes the metadata of the group of all levels.
     *
     * @param shown the image, or a level of it: display windows that are missing come from its values
     * @param own further attributes under our name, as where the image comes from
     */
    public void createGroup(ZarrStore store, ImageSource shown, ObjectNode own, Execution execution)
            throws IOException {
        ImageMetadata finest = plan.levels().get(0);
        finest.header()
                .flatMap(HeaderFields::notice)
                .ifPresent(sentence -> execution.tell(Notice.information(sentence)));
        Optional<ForeignAttributes> others = of.isPresent()
                ? finest.attributes()
                : finest.attributes().map(all -> all.without(Place.LABEL, OmeMetadata.SOURCE));
        others.map(ForeignAttributes::notices)
                .ifPresent(sentences -> sentences.forEach(sentence -> execution.tell(Notice.information(sentence))));
        List<ImageMetadata> levels = new ArrayList<>(plan.levels());
        levels.set(0, finest.withAttributes(others));
        Optional<JsonNode> omero = OmeroJson.of(finest, channel -> DisplayWindow.of(shown, channel, execution));
        OmeMetadata.write(store, options.version(), levels, paths(), omero, own, of);
    }
}
