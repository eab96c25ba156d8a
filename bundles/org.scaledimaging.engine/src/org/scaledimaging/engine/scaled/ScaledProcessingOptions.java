package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.scaled.share.EstimateFrom;
import org.scaledimaging.engine.scaled.share.Sharing;

/**
 * How scaled processing is carried out. Only the factor, and what the estimate is made from, have a say in the result.
 *
 * @param downsampleFactor how many voxels make one of the low-resolution image: one number for all spatial axes (limited
 *     to each axis' length), or one per spatial axis in the image's order (at most its length); whole numbers of at least 1
 * @param downsampleTo how large its voxels become instead, as {@link #PARAMETERS} has it; empty where the factor is given
 * @param estimate what the estimate is made from, by the names in {@link #ESTIMATE}, each a text that its parameter accepts;
 *     those that are not there have their default
 * @param chunkSize the unit in which the low-resolution intermediate is computed and stored, in voxels: empty for the
 *     image's own chunks, or one number for all spatial axes, or one per spatial axis
 * @param useTempZarr whether the upsampled field is first written to a temporary OME-Zarr and read back, instead of
 *     being interpolated where it is needed
 * @param tempZarrPath where to; a new folder in the system's temporary folder if not given
 * @param keepTemp whether that OME-Zarr stays when the image is closed
 * @param estimateFile where what the low-resolution step yielded is kept: it is read from there where it is there, and
 *     written there otherwise, if the plugin's fields can be stored; nothing is kept if not given
 */
public record ScaledProcessingOptions(
        List<Integer> downsampleFactor,
        String downsampleTo,
        Map<String, String> estimate,
        List<Integer> chunkSize,
        boolean useTempZarr,
        Optional<Path> tempZarrPath,
        boolean keepTemp,
        Optional<Path> estimateFile) {
    /** The name of what the estimate is made from, among {@link #ESTIMATE}. */
    public static final String FROM = "estimateFrom";

    private static final String SHARE = "share";
    /** The name of the mask among {@link #ESTIMATE}. */
    public static final String MASK = "mask";

    /** What can be named as {@code estimateFrom}, for messages. */
    public static final String FROM_ACCEPTED = EstimateFrom.ACCEPTED;

    /** The words that can be given as {@code estimateFrom}. */
    public static final List<String> FROM_WORDS = EstimateFrom.WORDS;

    /** The name of where the result is applied, among {@link #ESTIMATE}. */
    public static final String APPLY_MASK = "applyMask";

    /** The name of the channels that are processed, among {@link #ESTIMATE}. */
    public static final String ON_CHANNELS = "onChannels";

    /** What stands for all channels. */
    public static final String ALL_CHANNELS = "all";

    private static final String NO_MASK = "none";

    private static final Map<String, Setting> SETTINGS = Map.of(
            FROM,
            Setting.ESTIMATE_FROM,
            SHARE,
            Setting.SHARE,
            MASK,
            Setting.MASK,
            APPLY_MASK,
            Setting.APPLY_MASK,
            ON_CHANNELS,
            Setting.ON_CHANNELS);

    /** What an estimate is made from, and where its result is applied; part of recipes. */
    public static final List<Parameter> ESTIMATE = List.of(
            Parameter.text(
                    FROM,
                    "each",
                    "What the estimate is made from: each volume itself (each), the mean, median or max of those that share"
                            + " it, time points (time=0 or time=0,6,12), a channel (channel=0), the time points whose"
                            + " b-value in a bval file is below 50 (time=b0:FILE), or another image of the same field of"
                            + " view, at any resolution, by its path."),
            Parameter.choice(
                    SHARE,
                    Sharing.AUTO,
                    Sharing.CHOICES,
                    "Which volumes share an estimate that is not made from each: all time points (time), all channels"
                            + " (channel) or all volumes (all); auto: time points where there are several, else channels,"
                            + " and with another image what that has not."),
            Parameter.image(
                    MASK,
                    NO_MASK,
                    List.of(NO_MASK),
                    "Which voxels take part in the estimate, whatever the plugin: those where an image of the same field"
                            + " of view, at any resolution, is not 0, or all (none)."),
            Parameter.image(
                    APPLY_MASK,
                    NO_MASK,
                    List.of(NO_MASK),
                    "Where the result is applied: an image m of the same field of view, at any resolution; the result is"
                            + " corrected · m + original · (1 − m), with m from 0 to 1 and 1 where it is more. Everywhere"
                            + " (none)."),
            Parameter.text(
                    ON_CHANNELS,
                    ALL_CHANNELS,
                    "Which channels are processed, counted from 0, with commas between; the others are passed on, in the"
                            + " result's pixel type. All of them (all)."));

    /** What users can set; {@code estimateFile} is set by programs alone. */
    public static final List<Parameter> PARAMETERS = Stream.of(
                    List.of(
                            Parameter.integers(
                                    "downsampleFactor",
                                    List.of(4L),
                                    1,
                                    Integer.MAX_VALUE,
                                    "voxels",
                                    "How many voxels make one of the low-resolution image, along all spatial axes, or "
                                            + NumberList.PER_AXIS + "."),
                            Parameter.text(
                                    "downsampleTo",
                                    "",
                                    "How large the voxels of the low-resolution image become, instead of a factor: a size"
                                            + " with its unit, as in 4mm, or one for each axis in the order z,y,x; each axis"
                                            + " has the whole factor nearest to it.")),
                    ESTIMATE,
                    List.of(
                            Parameter.integers(
                                    "chunkSize",
                                    List.of(),
                                    1,
                                    Integer.MAX_VALUE,
                                    "voxels",
                                    "Voxels per chunk of the low-resolution image and the temporary OME-Zarr, along all"
                                            + " spatial axes or for each in the order z,y,x; empty for the input's."),
                            Parameter.bool(
                                    "useTempZarr",
                                    false,
                                    "Whether the field at full resolution is written to a temporary OME-Zarr first, instead"
                                            + " of being interpolated where it is needed."),
                            Parameter.text(
                                    "tempZarrPath",
                                    "",
                                    "Where to write that OME-Zarr; empty for the system's temporary folder."),
                            Parameter.bool("keepTemp", false, "Whether that OME-Zarr is kept.")))
            .flatMap(List::stream)
            .toList();

    public ScaledProcessingOptions {
        downsampleFactor = List.copyOf(downsampleFactor);
        chunkSize = List.copyOf(chunkSize);
        estimate = Map.copyOf(estimate);
    }

    /** As declared: factor 4, an estimate of each volume, no temporary OME-Zarr. */
    public static ScaledProcessingOptions defaults() {
        List<?> factor = (List<?>) PARAMETERS.get(0).defaultValue();
        return new ScaledProcessingOptions(
                factor.stream().map(Number.class::cast).map(Number::intValue).toList(),
                "",
                Map.of(),
                List.of(),
                false,
                Optional.empty(),
                false,
                Optional.empty());
    }

    private ScaledProcessingOptions with(List<Integer> factor, String to, Map<String, String> newEstimate) {
        return new ScaledProcessingOptions(
                factor, to, newEstimate, chunkSize, useTempZarr, tempZarrPath, keepTemp, estimateFile);
    }

    private ScaledProcessingOptions with(boolean use, Optional<Path> path, boolean keep, Optional<Path> file) {
        return new ScaledProcessingOptions(downsampleFactor, downsampleTo, estimate, chunkSize, use, path, keep, file);
    }

    /** The same with other factors: one for all spatial axes, or one for each in the image's order. */
    public ScaledProcessingOptions withDownsampleFactor(int... factors) {
        return with(list(factors), "", estimate);
    }

    /**
     * The same with the factors that give voxels of a size: for each axis the whole number nearest to it, at least 1.
     *
     * @param size with its unit, as in {@code 4mm}; or one for each spatial axis in the image's order, with commas between
     * @throws ParameterException when it is none
     */
    public ScaledProcessingOptions withDownsampleTo(String size) throws ParameterException {
        TargetVoxelSize.parse(size);
        return with(downsampleFactor, size, estimate);
    }

    /**
     * The same with an estimate that is made from something else than each volume itself.
     *
     * @param from as {@link #ESTIMATE} has it: {@code mean}, {@code time=0,6}, the path of an image
     * @throws ParameterException when it is nothing of that
     */
    public ScaledProcessingOptions withEstimateFrom(String from) throws ParameterException {
        return withEstimate(FROM, from);
    }

    /**
     * The same with an estimate that volumes share.
     *
     * @param share {@code time}, {@code channel}, {@code all}, or {@code auto}
     * @throws ParameterException when it is another
     */
    public ScaledProcessingOptions withShare(String share) throws ParameterException {
        return withEstimate(SHARE, share);
    }

    /**
     * The same with an estimate in which only some voxels take part.
     *
     * @param mask the path or address of an image, or a recipe as JSON; {@code none} for all voxels
     * @throws ParameterException when it can be none of these
     */
    public ScaledProcessingOptions withMask(String mask) throws ParameterException {
        return withEstimate(MASK, mask);
    }

    /**
     * The same with a result that is applied in places only.
     *
     * @param mask the path or address of an image, or a recipe as JSON; {@code none} for all voxels
     * @throws ParameterException when it can be none of these
     */
    public ScaledProcessingOptions withApplyMask(String mask) throws ParameterException {
        return withEstimate(APPLY_MASK, mask);
    }

    /** The same with other values of what the estimate is made from: those that are given, by their names. */
    public ScaledProcessingOptions withEstimate(Map<String, ?> values) throws ParameterException {
        ScaledProcessingOptions options = with(downsampleFactor, downsampleTo, Map.of());
        for (Map.Entry<String, ?> value : values.entrySet()) {
            options = options.withEstimate(value.getKey(), value.getValue());
        }
        return options;
    }

    private ScaledProcessingOptions withEstimate(String name, Object given) throws ParameterException {
        Setting setting = SETTINGS.get(name);
        Parameter parameter = ESTIMATE.stream()
                .filter(declared -> declared.name().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, String> values = new LinkedHashMap<>(estimate);
        String value = name.equals(FROM)
                ? EstimateFrom.parse(given.toString()).text()
                : parameter.parse(setting, given).toString();
        if (value.equals(parameter.defaultValue())) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
        return with(downsampleFactor, downsampleTo, values);
    }

    private String valueOf(String name) {
        return estimate.getOrDefault(
                name,
                ESTIMATE.stream()
                        .filter(parameter -> parameter.name().equals(name))
                        .map(parameter -> parameter.defaultValue().toString())
                        .findFirst()
                        .orElseThrow());
    }

    /** What the estimate is made from: {@code each}, {@code mean}, the path of an image. */
    public String estimateFrom() {
        return valueOf(FROM);
    }

    /** Which volumes share an estimate: {@code auto}, {@code time}, {@code channel} or {@code all}. */
    public String share() {
        return valueOf(SHARE);
    }

    /** Where voxels take part in the estimate: the path of an image, or the like; nothing where all do. */
    public Optional<String> mask() {
        return Optional.of(valueOf(MASK)).filter(mask -> !mask.equals(NO_MASK));
    }

    /** Where the result is applied: the path of an image, or the like; nothing where it is everywhere. */
    public Optional<String> applyMask() {
        return Optional.of(valueOf(APPLY_MASK)).filter(mask -> !mask.equals(NO_MASK));
    }

    /** Which channels are processed, as numbers with commas between; nothing where all are. */
    public Optional<String> onChannels() {
        return Optional.of(valueOf(ON_CHANNELS)).filter(channels -> !channels.equals(ALL_CHANNELS));
    }

    /**
     * The same on some channels only.
     *
     * @param channels counted from 0, with commas between, or {@code all}
     */
    public ScaledProcessingOptions withOnChannels(String channels) throws ParameterException {
        return withEstimate(ON_CHANNELS, channels);
    }

    /** What names an image, for messages: by a name among {@link #ESTIMATE}. */
    public static Setting settingOf(String name) {
        return SETTINGS.get(name);
    }

    /**
     * The same with what an image settles: factors for a voxel size, time points for a bval file.
     *
     * @throws ParameterException when the options do not fit the image, or a bval file cannot be read
     */
    public ScaledProcessingOptions resolved(ImageMetadata image) throws ParameterException {
        List<Integer> factor = downsampleTo.isEmpty()
                ? downsampleFactor
                : TargetVoxelSize.parse(downsampleTo).factors(image);
        EstimateFrom from = EstimateFrom.parse(estimateFrom()).resolved(image);
        from.check(image);
        ScaledProcessingOptions options = with(factor, "", estimate).withEstimate(FROM, from.text());
        boolean open = share().equals(Sharing.AUTO) && from.kind() == EstimateFrom.Kind.IMAGE;
        return open
                ? options
                : options.withEstimate(
                        SHARE,
                        Sharing.of(share(), from, image, Optional.empty()).text());
    }

    /** As {@link #resolved(ImageMetadata)}, also of which volumes share an estimate from an image of its own. */
    ScaledProcessingOptions resolved(ImageMetadata image, ImageOpener opener, Execution execution)
            throws IOException, ParameterException {
        ScaledProcessingOptions options = resolved(image);
        String own = options.images().get(FROM);
        if (own == null || !share().equals(Sharing.AUTO)) {
            return options;
        }
        try (ImageSource source = opener.open(own, execution)) {
            EstimateFrom from = EstimateFrom.parse(own);
            return options.withEstimate(
                    SHARE,
                    Sharing.of(share(), from, image, Optional.of(source.metadata()))
                            .text());
        }
    }

    /** The images that are named in what the estimate is made from: their paths, addresses or recipes, by name. */
    public Map<String, String> images() throws ParameterException {
        Map<String, String> images = new LinkedHashMap<>();
        if (EstimateFrom.parse(estimateFrom()).kind() == EstimateFrom.Kind.IMAGE) {
            images.put(FROM, estimateFrom());
        }
        mask().ifPresent(mask -> images.put(MASK, mask));
        applyMask().ifPresent(mask -> images.put(APPLY_MASK, mask));
        return images;
    }

    /** The same with other chunks of the low-resolution image, in voxels; none for the image's own. */
    public ScaledProcessingOptions withChunkSize(int... size) {
        return new ScaledProcessingOptions(
                downsampleFactor,
                downsampleTo,
                estimate,
                list(size),
                useTempZarr,
                tempZarrPath,
                keepTemp,
                estimateFile);
    }

    /** The same with the field written to a temporary OME-Zarr first, or not. */
    public ScaledProcessingOptions withTempZarr(boolean use) {
        return with(use, tempZarrPath, keepTemp, estimateFile);
    }

    /** Also switches the temporary OME-Zarr on. */
    public ScaledProcessingOptions withTempZarrPath(Path path) {
        return with(true, Optional.of(path), keepTemp, estimateFile);
    }

    /** The same with that OME-Zarr kept, or not. */
    public ScaledProcessingOptions withKeepTemp(boolean keep) {
        return with(useTempZarr, tempZarrPath, keep, estimateFile);
    }

    /** The same with the estimate kept in a file, or read from it where it is there. */
    public ScaledProcessingOptions withEstimateFile(Path file) {
        return with(useTempZarr, tempZarrPath, keepTemp, Optional.of(file));
    }

    private static List<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
