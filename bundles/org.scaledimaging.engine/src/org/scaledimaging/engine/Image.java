package org.scaledimaging.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.format.FileWriteOptions;
import org.scaledimaging.engine.format.FileWriter;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.imglib2.ImgLib2;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.operation.Convert;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.SegmentByOtsu;
import org.scaledimaging.engine.operation.SegmentByThresholds;
import org.scaledimaging.engine.operation.Subtract;
import org.scaledimaging.engine.operation.geometry.Crop;
import org.scaledimaging.engine.operation.geometry.Downsample;
import org.scaledimaging.engine.operation.geometry.Select;
import org.scaledimaging.engine.operation.geometry.TakeLevel;
import org.scaledimaging.engine.operation.geometry.Upsample;
import org.scaledimaging.engine.operation.geometry.UpsampleToShape;
import org.scaledimaging.engine.operation.recipe.ParameterImages;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.RecipeJson;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.segmentation.OtsuOptions;
import org.scaledimaging.engine.statistics.Histogram;
import org.scaledimaging.engine.statistics.ImageStatistics;
import org.scaledimaging.engine.statistics.Statistics;

/**
 * The front door: an image that is opened, processed and saved in a chain of calls. Only saving and the low-resolution step
 * of scaled processing touch more than metadata; docs/java.md has examples. Immutable and thread-safe. Closing an image
 * closes what it was made from: of a chain, close the last. Closing an earlier one alone leaves a temporary OME-Zarr of a
 * later one until the JVM ends.
 */
public final class Image implements Closeable {
    private final Derivation made;

    private Image(Derivation made) {
        this.made = made;
    }

    /**
     * Opens a NIfTI file, a TIFF file or an OME-Zarr folder or zip file, told apart by content.
     *
     * @throws org.scaledimaging.engine.message.ImageFormatException when there is none, or it is damaged
     */
    public static Image open(Path path) throws IOException {
        return open(ImageLocation.of(path));
    }

    /**
     * Opens the image at a path, or an OME-Zarr on a web server.
     *
     * @param location a path, or an address that starts with {@code http:} or {@code https:}
     */
    public static Image open(String location) throws IOException {
        return open(ImageLocation.parse(location));
    }

    /**
     * As {@link #open(ImageLocation)}, unless it is cancelled.
     *
     * @throws java.util.concurrent.CancellationException within a moment when the progress says so, as while a server does
     *     not answer
     */
    public static Image open(ImageLocation location, Execution execution) throws IOException {
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled)) {
            execution.progress().checkCancelled();
            return open(location);
        }
    }

    /**
     * Opens one image of a plate or a collection.
     *
     * @param choice which one
     * @throws ParameterException when there is no such image
     * @throws org.scaledimaging.engine.message.ImageFormatException when several could be meant
     */
    public static Image open(ImageLocation location, ImageChoice choice) throws IOException, ParameterException {
        return open(ImageFormats.chosen(location, choice));
    }

    /** As {@link #open(Path)} and {@link #open(String)}, whichever it is. */
    public static Image open(ImageLocation location) throws IOException {
        return new Image(Derivation.open(location));
    }

    /**
     * Opens what a plugin's parameter of type {@link org.scaledimaging.engine.parameter.Parameter.Type#IMAGE} names, if it is
     * no keyword: the path or address of an image, the path of a pyramid's level, or a recipe as JSON.
     */
    public static Image ofParameter(String value, Execution execution) throws IOException, ParameterException {
        if (value.startsWith("{")) {
            return fromJson(value, execution);
        }
        try (Cancelling cancelling =
                Cancelling.by(execution.progress()::isCancelled)) { // a server may be asked which level it is
            execution.progress().checkCancelled();
            Recipe recipe = ParameterImages.recipe(ImageLocation.parse(value));
            return recipe.operations().isEmpty()
                    ? open(ImageLocation.parse(value))
                    : new Image(Derivation.open(recipe, execution));
        }
    }

    /** An image from anything that can be read block by block. It has no recipe: it cannot be opened again elsewhere. */
    public static Image of(ImageSource source) {
        return new Image(Derivation.of(source));
    }

    /**
     * An ImgLib2 image. ImgLib2 counts axes from the fastest varying: its axis 0 is the last of the metadata's.
     *
     * @param metadata of the same shape and pixel type
     */
    public static <T extends RealType<T> & NativeType<T>> Image of(
            RandomAccessibleInterval<T> image, ImageMetadata metadata) {
        return of(ImgLib2.source(image, metadata));
    }

    /**
     * Opens the image that a recipe describes, as {@link #toJson} wrote it. Low-resolution steps are run anew.
     *
     * @throws org.scaledimaging.engine.message.ImageFormatException when the text is no recipe, or its source is gone or
     *     was changed
     * @throws ParameterException when a plugin is not installed
     */
    public static Image fromJson(String json, Execution execution) throws IOException, ParameterException {
        return new Image(Derivation.open(RecipeJson.read(json, "Recipe"), execution));
    }

    /** As {@link #fromJson(String, Execution)}, of a recipe that was read already. */
    public static Image open(Recipe recipe, Execution execution) throws IOException, ParameterException {
        return new Image(Derivation.open(recipe, execution));
    }

    /**
     * As {@link #fromJson(String, Execution)}, of a recipe that goes with a folder, as {@link #toJson(Path)} wrote it.
     * Low-resolution steps whose yield is in the folder are not run again.
     */
    public static Image fromJson(String json, Path folder, Execution execution) throws IOException, ParameterException {
        return new Image(Derivation.open(RecipeJson.read(json, "Recipe", folder), execution));
    }

    /** As {@link #fromJson(String, Execution)}, of a recipe in a file. */
    public static Image fromJson(Path file, Execution execution) throws IOException, ParameterException {
        String json = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return new Image(Derivation.open(RecipeJson.read(json, file.toString()), execution));
    }

    /** Axes, shape, pixel type and place of the image; known without reading a voxel. */
    public ImageMetadata metadata() {
        return source().metadata();
    }

    /** The image as the engine's own interface for reading voxels. */
    public ImageSource source() {
        return made.source();
    }

    /**
     * The image as ImgLib2 sees it: cells are read on demand and kept in a bounded cache. Axis 0 is the last of the
     * metadata's.
     */
    public RandomAccessibleInterval<? extends RealType<?>> imgLib2() {
        return ImgLib2.image(source());
    }

    /** How this image comes about; nothing for one that was made in memory. */
    public Optional<Recipe> recipe() {
        return made.recipe();
    }

    /** The recipe as JSON, for {@link #fromJson}. */
    public String toJson() {
        return RecipeJson.write(made.known()).toString();
    }

    /**
     * The recipe as JSON that goes with a folder, for {@link #fromJson(String, Path, Execution)}: of what the image is
     * made from, whatever lies in the folder is named relative to it and moves with it.
     */
    public String toJson(Path folder) {
        return RecipeJson.write(made.known(), folder).toString();
    }

    /** For the result of scaled processing: its field at full resolution. */
    public Optional<Image> field() {
        return made.ofField().map(Image::new);
    }

    /**
     * For the result of scaled processing: the image that was processed, with the low-resolution image that the estimate was
     * made from among its levels. It has no recipe, and is good until this image is closed.
     */
    public Optional<Image> before() {
        return made.ofBefore().map(Image::new);
    }

    /** One resolution of the pyramid; 0 is the full one. */
    public Image level(int level) throws ParameterException {
        return apply(new TakeLevel(level));
    }

    /** One channel, counted from 0. */
    public Image channel(long channel) throws ParameterException {
        return apply(new Select(Axis.C, channel));
    }

    /** One time point, counted from 0. */
    public Image time(long time) throws ParameterException {
        return apply(new Select(Axis.T, time));
    }

    /** Downsampled by 2^level along each spatial axis, or by the axis' length where that is less. */
    public Image downsample(int level) throws ParameterException {
        if (level < 0 || level > 30) {
            throw new ParameterException(Setting.LEVEL, level, "0 to 30");
        }
        return apply(new Downsample(List.of(1 << level)));
    }

    /**
     * Downsampled by block means.
     *
     * @param factors one per spatial axis in the image's order, or one for all, which is limited to each axis' length
     * @throws ParameterException when there are more or fewer, one is below 1, or one given for an axis is above its length
     */
    public Image downsample(List<Integer> factors) throws ParameterException {
        return apply(new Downsample(factors));
    }

    /**
     * In another pixel type: rounded to the nearest and clamped. Saving refuses an integer type that holds next to nothing
     * of the image; see {@link #checkPixelType}.
     */
    public Image convert(PixelType type) {
        return certain(new Convert(type));
    }

    /**
     * A box of voxels.
     *
     * @param min first voxel, per spatial axis in the image's order
     * @param max one past the last voxel, likewise
     * @throws ParameterException when that is no box of at least one voxel within the image
     */
    public Image crop(List<Long> min, List<Long> max) throws ParameterException {
        return apply(new Crop(min, max));
    }

    /**
     * The voxels whose centres lie in a box, as far as the image goes.
     *
     * @param min per spatial axis in the image's order, along the image's own axes: in their unit, from their origin;
     *     inclusive
     * @param max likewise, exclusive
     * @throws ParameterException when the box is empty or holds no voxel centre of the image
     */
    public Image cropPhysical(List<Double> min, List<Double> max) throws ParameterException {
        return apply(Crop.physical(metadata(), min, max));
    }

    /** Upsampled linearly, in the same pixel type; one factor per spatial axis, or one for all. */
    public Image upsample(List<Integer> factors) throws ParameterException {
        return apply(new Upsample(factors));
    }

    /**
     * Upsampled linearly to a shape, in the same pixel type. The result covers the extent that this image covers.
     *
     * @param shape per spatial axis in the image's order, no smaller than this image
     */
    public Image upsampleTo(List<Long> shape) throws ParameterException {
        return apply(new UpsampleToShape(shape));
    }

    /** Less a number, such as a camera's offset: float32, or float64 where the pixel type needs it. */
    public Image subtract(double value) throws ParameterException {
        return apply(new Subtract(value));
    }

    /** Two classes by Otsu's threshold of each channel. */
    public Image segmentOtsu() {
        return certain(new SegmentByOtsu(OtsuOptions.defaults()));
    }

    /**
     * Labels by Otsu's thresholds, from 0 for the darkest class: uint8, or uint16 where there are more than 256 classes.
     * Each channel has thresholds of its own, over all its time points. They are computed once, when voxels are first
     * read, on saving or by {@link #prepare}.
     *
     * @throws ParameterException when options are out of range or do not fit the image
     */
    public Image segmentOtsu(OtsuOptions options) throws ParameterException {
        return apply(new SegmentByOtsu(options));
    }

    /**
     * Labels by thresholds: the number of values below the voxel. uint8, or uint16 where there are more than 255 values.
     *
     * @param values finite, strictly ascending
     * @param inclusive whether a value that is equal to the voxel counts, too
     */
    public Image segmentThreshold(List<Double> values, boolean inclusive) throws ParameterException {
        return apply(new SegmentByThresholds(values, inclusive));
    }

    /**
     * Labels by a segmentation plugin: uint8, or uint16 where there are more than 256 labels. The plugin looks at each
     * channel, over all its time points, once: when voxels are first read, on saving or by {@link #prepare}.
     *
     * @throws ParameterException when the plugin refuses the image
     * @throws IOException when an image that is a parameter of the plugin is not there
     */
    public Image segment(SegmentationPlugin plugin) throws IOException, ParameterException {
        return new Image(made.segment(plugin));
    }

    /** By the id of an installed segmentation plugin, and its parameters by name. */
    public Image segment(String plugin, Map<String, ?> parameters) throws IOException, ParameterException {
        return segment(PluginRegistry.installed().create(SegmentationPlugin.class, plugin, parameters));
    }

    /**
     * With an operation applied that runs no plugin and opens no image.
     *
     * @throws ParameterException when its values cannot be meant, or do not fit the image
     */
    public Image apply(Operation operation) throws ParameterException {
        return new Image(made.apply(operation));
    }

    /**
     * With an operation applied that runs no plugin, but may open an image, such as a field.
     *
     * @param execution is told what the user has to know
     * @throws IOException when an image that the operation needs cannot be read
     * @throws ParameterException when its values cannot be meant, or do not fit the image
     */
    public Image apply(Operation operation, Execution execution) throws IOException, ParameterException {
        return new Image(made.apply(operation, execution));
    }

    /**
     * With operations applied one after the other, as a recipe has them: plugins are looked up among those installed, and
     * run their low-resolution steps now.
     *
     * @param execution carries out the estimates, and is told what the user has to know
     * @throws IOException when the image, or one that an operation needs, cannot be read
     * @throws ParameterException when a plugin is not installed, or an operation does not fit the image
     */
    public Image applyAll(List<Operation> operations, Execution execution) throws IOException, ParameterException {
        return new Image(made.applyAll(operations, execution));
    }

    /**
     * The recipe of what {@link #applyAll} gives, but for what is told of estimates, which are not made.
     *
     * @throws IllegalStateException for an image made in memory
     */
    public Recipe expected(List<Operation> operations) throws IOException, ParameterException {
        return made.expected(operations);
    }

    private Image certain(Operation operation) {
        try {
            return apply(operation);
        } catch (ParameterException e) {
            throw new IllegalStateException(operation + " fits any image", e);
        }
    }

    /**
     * Does now what was put off until voxels are read: decompresses a NIfTI file, computes the thresholds of segmentations.
     * Not needed but for its progress and for cancelling; saving does it by itself.
     */
    public void prepare(Execution execution) throws IOException {
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled)) {
            Preparation.prepared(source(), execution);
        }
    }

    /**
     * Says now what saving would say of the pixel type. Where the image was converted to an integer type, samples of its
     * values are read: at low resolution, and at full resolution where these hold few grey levels. Warns of values beyond
     * the type's range.
     *
     * @throws ParameterException when fewer than 64 grey levels are left between the 1st and 99th percentile of a channel,
     *     of an image that has three times as many itself
     */
    public void checkPixelType(Execution execution) throws IOException, ParameterException {
        made.levels().check(execution);
    }

    /** Statistics of all voxels, in one streaming pass, now; see {@link ImageStatistics#of}. */
    public Statistics statistics(List<Double> percentiles, Execution execution) throws IOException, ParameterException {
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled)) {
            return ImageStatistics.of(source(), percentiles, Preparation.prepared(source(), execution));
        }
    }

    /** The histogram of all voxels, now; see {@link ImageStatistics#histogram}. */
    public Histogram histogram(int bins, Execution execution) throws IOException, ParameterException {
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled)) {
            Execution prepared = Preparation.prepared(source(), execution);
            return Unchanged.<Histogram, ParameterException>during(
                    source(),
                    () -> ImageStatistics.histogram(source(), metadata().interval(), bins, prepared));
        }
    }

    /**
     * Looks whether the files that the image is read from are still what they were when it was opened, so that what was
     * read until now is of one image. Saving and measuring do so by themselves; whoever reads voxels asks after the last.
     *
     * @throws org.scaledimaging.engine.message.ImageFormatException when a file is gone or was changed
     */
    public void checkUnchanged() throws IOException {
        source().checkUnchanged();
    }

    /** As {@link #applyScaledProcessing(ScaledProcessingPlugin, ScaledProcessingOptions, Execution)}, on all cores. */
    public Image applyScaledProcessing(ScaledProcessingPlugin plugin, ScaledProcessingOptions options)
            throws IOException, ParameterException {
        return applyScaledProcessing(plugin, options, Execution.standard());
    }

    /**
     * Estimates a plugin's field on the low-resolution image, now, and gives the image with the plugin applied, lazily.
     * Each channel and time point is processed on its own.
     *
     * @return float32, or float64 where the pixel type needs it
     * @throws ParameterException when the options or the plugin do not fit the image
     */
    public Image applyScaledProcessing(
            ScaledProcessingPlugin plugin, ScaledProcessingOptions options, Execution execution)
            throws IOException, ParameterException {
        return new Image(made.process(plugin, options, execution));
    }

    /** By the id of an installed plugin, and its parameters by name. */
    public Image applyScaledProcessing(String plugin, Map<String, ?> parameters, ScaledProcessingOptions options)
            throws IOException, ParameterException {
        return applyScaledProcessing(PluginRegistry.installed().create(plugin, parameters), options);
    }

    /** By the class of an installed plugin, and its parameters by name. */
    public Image applyScaledProcessing(
            Class<? extends ScaledProcessingPlugin> plugin, Map<String, ?> parameters, ScaledProcessingOptions options)
            throws IOException, ParameterException {
        return applyScaledProcessing(PluginRegistry.installed().create(plugin, parameters), options);
    }

    /** Saves as OME-Zarr 0.5 with a full pyramid; an existing target is refused. */
    public void saveOmeZarr(Path target) throws IOException, ParameterException {
        saveOmeZarr(target, OmeZarrWriteOptions.defaults(), Execution.standard());
    }

    /**
     * Saves as OME-Zarr, all or nothing: as a folder, or as a zip file where the target's name ends with {@code .zip} or
     * {@code .ozx}. The recipe is written along.
     */
    public void saveOmeZarr(Path target, OmeZarrWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        saveOmeZarr(ImageLocation.of(target), options, execution);
    }

    /**
     * As {@link #saveOmeZarr(Path, OmeZarrWriteOptions, Execution)}, at a path or an address of an object store. There,
     * arrays of an image that replaces another have names of their own, so that who opens it sees the old one or the new
     * one.
     */
    public void saveOmeZarr(ImageLocation target, OmeZarrWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        new Saving(made).omeZarr(target, options, execution);
    }

    /** Whether there is anything at a place already: a file or folder, or objects of a store. */
    public static boolean isThere(ImageLocation place) throws IOException {
        return place.path().isPresent()
                ? Files.exists(place.path().get())
                : RemoteTarget.of(place, false).isThere();
    }

    /**
     * Says now what saving would say of the place: that it is taken, cannot be written, or touches what is read.
     *
     * @param overwrite whether what is there may be replaced
     * @param sources what is read besides
     * @throws TargetException as saving would
     */
    public void checkTarget(ImageLocation target, boolean overwrite, Collection<Path> sources) throws IOException {
        new Saving(made).check(target, overwrite, sources);
    }

    /**
     * Options with what {@link PyramidScaling#source()} means for this image: the pyramid of the image that it is made of,
     * from the level on that was taken. {@link #saveOmeZarr} does this by itself.
     *
     * @throws ParameterException when that has no pyramid
     */
    public OmeZarrWriteOptions resolved(OmeZarrWriteOptions options) throws IOException, ParameterException {
        return new Saving(made).resolved(options);
    }

    /**
     * Tells which label images beside the image saving would leave out, and why, as saving itself does.
     *
     * @param omeZarr how it would be saved; empty for a format that holds one image
     */
    public void tellLabels(Optional<OmeZarrWriteOptions> omeZarr, Execution execution) throws IOException {
        if (omeZarr.isPresent()) {
            LabelsBeside.of(made, omeZarr.get().labelsAlong(), execution).close();
        } else {
            LabelsBeside.tellWithoutPlace(made, execution);
        }
    }

    /** Saves as NIfTI, compressed if the name ends with {@code .gz}; an existing target is refused. */
    public void saveNifti(Path target) throws IOException, ParameterException {
        saveNifti(target, NiftiWriteOptions.defaults(), Execution.standard());
    }

    /** Saves as NIfTI, all or nothing. The recipe, where one is known, is written along as a header extension. */
    public void saveNifti(Path target, NiftiWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        saveNifti(ImageLocation.of(target), options, execution);
    }

    /** As {@link #saveNifti(Path, NiftiWriteOptions, Execution)}, at a path or an address of an object store. */
    public void saveNifti(ImageLocation target, NiftiWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        new Saving(made).nifti(target, options, execution);
    }

    /** Saves as OME-TIFF with a full pyramid; an existing target is refused. */
    public void saveTiff(Path target) throws IOException, ParameterException {
        saveTiff(target, TiffWriteOptions.defaults(), Execution.standard());
    }

    /**
     * Saves as OME-TIFF, all or nothing, whatever the target's name. The recipe, where one is known, is written along.
     *
     * @throws ParameterException when an option does not fit the image, or its pixel type is an integer of 64 bits
     */
    public void saveTiff(Path target, TiffWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        saveTiff(ImageLocation.of(target), options, execution);
    }

    /** As {@link #saveTiff(Path, TiffWriteOptions, Execution)}, at a path or an address of an object store. */
    public void saveTiff(ImageLocation target, TiffWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        new Saving(made).tiff(target, options, execution);
    }

    /**
     * Saves as the format that the target's name tells, of those without choices of their own: NRRD ({@code .nrrd}) and
     * MetaImage ({@code .mha}). All or nothing; the recipe, where one is known, is written along in NRRD.
     *
     * @throws TargetException when the name tells another format or none
     */
    public void saveFile(Path target, FileWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        saveFile(ImageLocation.of(target), options, execution);
    }

    /** As {@link #saveFile(Path, FileWriteOptions, Execution)}, at a path or an address of an object store. */
    public void saveFile(ImageLocation target, FileWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        FileWriter writer = ImageFormats.ofTarget(target)
                .writer()
                .orElseThrow(() ->
                        new TargetException(target, "a name of another format", "one that ends in .nrrd or .mha"));
        new Saving(made).file(writer, target, options, execution);
    }

    @Override
    public void close() throws IOException {
        source().close();
    }
}
