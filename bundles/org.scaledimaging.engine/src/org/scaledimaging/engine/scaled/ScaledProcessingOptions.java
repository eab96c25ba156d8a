package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.scaled.share.EstimateFrom;
import org.scaledimaging.engine.scaled.share.Sharing;

/**
 * The options of scaled processing. Only the factor, and what the estimate is made from, have a say in the result.
 *
 * @param downsampleFactor how many voxels make one of the low-resolution image: one number for all spatial axes (limited
 *     to each axis' length), or one per spatial axis in the image's order (at most its length); whole numbers of at least 1
 * @param downsampleTo how large its voxels become instead, as {@link ScaledProcessingDeclaration#PARAMETERS} has it; empty where the factor is given
 * @param estimate what the estimate is made from, by the names in {@link ScaledProcessingDeclaration#ESTIMATE}, each a text that its parameter accepts;
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
    public ScaledProcessingOptions {
        downsampleFactor = List.copyOf(downsampleFactor);
        chunkSize = List.copyOf(chunkSize);
        estimate = Map.copyOf(estimate);
    }

    /** As declared: factor 4, an estimate of each volume, no temporary OME-Zarr. */
    public static ScaledProcessingOptions defaults() {
        List<?> factor = (List<?>) ScaledProcessingDeclaration.PARAMETERS.get(0).defaultValue();
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
     * @param from as {@link ScaledProcessingDeclaration#ESTIMATE} has it: {@code mean}, {@code time=0,6}, the path of an image
     * @throws ParameterException when it is nothing of that
     */
    public ScaledProcessingOptions withEstimateFrom(String from) throws ParameterException {
        return withEstimate(ScaledProcessingDeclaration.FROM, from);
    }

    /**
     * The same with an estimate that volumes share.
     *
     * @param share {@code time}, {@code channel}, {@code all}, or {@code auto}
     * @throws ParameterException when it is another
     */
    public ScaledProcessingOptions withShare(String share) throws ParameterException {
        return withEstimate(ScaledProcessingDeclaration.SHARE, share);
    }

    /**
     * The same with an estimate in which only some voxels take part.
     *
     * @param mask the path or address of an image, or a recipe as JSON; {@code none} for all voxels
     * @throws ParameterException when it can be none of these
     */
    public ScaledProcessingOptions withMask(String mask) throws ParameterException {
        return withEstimate(ScaledProcessingDeclaration.MASK, mask);
    }

    /**
     * The same with a result that is applied in places only.
     *
     * @param mask the path or address of an image, or a recipe as JSON; {@code none} for all voxels
     * @throws ParameterException when it can be none of these
     */
    public ScaledProcessingOptions withApplyMask(String mask) throws ParameterException {
        return withEstimate(ScaledProcessingDeclaration.APPLY_MASK, mask);
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
        Setting setting = ScaledProcessingDeclaration.SETTINGS.get(name);
        Parameter parameter = ScaledProcessingDeclaration.ESTIMATE.stream()
                .filter(declared -> declared.name().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, String> values = new LinkedHashMap<>(estimate);
        String value = name.equals(ScaledProcessingDeclaration.FROM)
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
                ScaledProcessingDeclaration.ESTIMATE.stream()
                        .filter(parameter -> parameter.name().equals(name))
                        .map(parameter -> parameter.defaultValue().toString())
                        .findFirst()
                        .orElseThrow());
    }

    /** What the estimate is made from: {@code each}, {@code mean}, the path of an image. */
    public String estimateFrom() {
        return valueOf(ScaledProcessingDeclaration.FROM);
    }

    /** Which volumes share an estimate: {@code auto}, {@code time}, {@code channel} or {@code all}. */
    public String share() {
        return valueOf(ScaledProcessingDeclaration.SHARE);
    }

    /** Where voxels take part in the estimate: the path of an image, or the like; nothing where all do. */
    public Optional<String> mask() {
        return Optional.of(valueOf(ScaledProcessingDeclaration.MASK))
                .filter(mask -> !mask.equals(ScaledProcessingDeclaration.NO_MASK));
    }

    /** Where the result is applied: the path of an image, or the like; nothing where it is everywhere. */
    public Optional<String> applyMask() {
        return Optional.of(valueOf(ScaledProcessingDeclaration.APPLY_MASK))
                .filter(mask -> !mask.equals(ScaledProcessingDeclaration.NO_MASK));
    }

    /** Which channels are processed, as numbers with commas between; nothing where all are. */
    public Optional<String> onChannels() {
        return Optional.of(valueOf(ScaledProcessingDeclaration.ON_CHANNELS))
                .filter(channels -> !channels.equals(ScaledProcessingDeclaration.ALL_CHANNELS));
    }

    /**
     * The same on some channels only.
     *
     * @param channels counted from 0, with commas between, or {@code all}
     */
    public ScaledProcessingOptions withOnChannels(String channels) throws ParameterException {
        return withEstimate(ScaledProcessingDeclaration.ON_CHANNELS, channels);
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
        ScaledProcessingOptions options =
                with(factor, "", estimate).withEstimate(ScaledProcessingDeclaration.FROM, from.text());
        boolean open = share().equals(Sharing.AUTO) && from.kind() == EstimateFrom.Kind.IMAGE;
        return open
                ? options
                : options.withEstimate(
                        ScaledProcessingDeclaration.SHARE,
                        Sharing.of(share(), from, image, Optional.empty()).text());
    }

    /** As {@link #resolved(ImageMetadata)}, also of which volumes share an estimate from an image of its own. */
    ScaledProcessingOptions resolved(ImageMetadata image, ImageOpener opener, Execution execution)
            throws IOException, ParameterException {
        ScaledProcessingOptions options = resolved(image);
        String own = options.images().get(ScaledProcessingDeclaration.FROM);
        if (own == null || !share().equals(Sharing.AUTO)) {
            return options;
        }
        try (ImageSource source = opener.open(own, execution)) {
            EstimateFrom from = EstimateFrom.parse(own);
            return options.withEstimate(
                    ScaledProcessingDeclaration.SHARE,
                    Sharing.of(share(), from, image, Optional.of(source.metadata()))
                            .text());
        }
    }

    /** The images that are named in what the estimate is made from: their paths, addresses or recipes, by name. */
    public Map<String, String> images() throws ParameterException {
        Map<String, String> images = new LinkedHashMap<>();
        if (EstimateFrom.parse(estimateFrom()).kind() == EstimateFrom.Kind.IMAGE) {
            images.put(ScaledProcessingDeclaration.FROM, estimateFrom());
        }
        mask().ifPresent(mask -> images.put(ScaledProcessingDeclaration.MASK, mask));
        applyMask().ifPresent(mask -> images.put(ScaledProcessingDeclaration.APPLY_MASK, mask));
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
