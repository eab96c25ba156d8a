package org.scaledimaging.engine.scaled;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.parameter.Parameter;

/**
 * How scaled processing is carried out. Only {@code downsampleFactor} has a say in the result.
 *
 * @param downsampleFactor how many voxels make one of the low-resolution image: one number for all spatial axes (limited
 *     to each axis' length), or one per spatial axis in the image's order (at most its length); whole numbers of at least 1
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
        List<Integer> chunkSize,
        boolean useTempZarr,
        Optional<Path> tempZarrPath,
        boolean keepTemp,
        Optional<Path> estimateFile) {

    /** What users can set; {@code estimateFile} is set by programs alone. */
    public static final List<Parameter> PARAMETERS = List.of(
            Parameter.integers(
                    "downsampleFactor",
                    List.of(4L),
                    1,
                    Integer.MAX_VALUE,
                    "voxels",
                    "How many voxels make one of the low-resolution image, along all spatial axes, or "
                            + NumberList.PER_AXIS + "."),
            Parameter.integers(
                    "chunkSize",
                    List.of(),
                    1,
                    Integer.MAX_VALUE,
                    "voxels",
                    "Voxels per chunk of the low-resolution image and the temporary OME-Zarr, along all spatial axes or for"
                            + " each in the order z,y,x; empty for the input's."),
            Parameter.bool(
                    "useTempZarr",
                    false,
                    "Whether the field at full resolution is written to a temporary OME-Zarr first, instead of being"
                            + " interpolated where it is needed."),
            Parameter.text(
                    "tempZarrPath", "", "Where to write that OME-Zarr; empty for the system's temporary folder."),
            Parameter.bool("keepTemp", false, "Whether that OME-Zarr is kept."));

    public ScaledProcessingOptions {
        downsampleFactor = List.copyOf(downsampleFactor);
        chunkSize = List.copyOf(chunkSize);
    }

    /** As declared: factor 4, no temporary OME-Zarr. */
    public static ScaledProcessingOptions defaults() {
        List<?> factor = (List<?>) PARAMETERS.get(0).defaultValue();
        return new ScaledProcessingOptions(
                factor.stream().map(Number.class::cast).map(Number::intValue).toList(),
                List.of(),
                false,
                Optional.empty(),
                false,
                Optional.empty());
    }

    /** The same with other factors: one for all spatial axes, or one for each in the image's order. */
    public ScaledProcessingOptions withDownsampleFactor(int... factors) {
        return new ScaledProcessingOptions(list(factors), chunkSize, useTempZarr, tempZarrPath, keepTemp, estimateFile);
    }

    /** The same with other chunks of the low-resolution image, in voxels; none for the image's own. */
    public ScaledProcessingOptions withChunkSize(int... size) {
        return new ScaledProcessingOptions(
                downsampleFactor, list(size), useTempZarr, tempZarrPath, keepTemp, estimateFile);
    }

    /** The same with the field written to a temporary OME-Zarr first, or not. */
    public ScaledProcessingOptions withTempZarr(boolean use) {
        return new ScaledProcessingOptions(downsampleFactor, chunkSize, use, tempZarrPath, keepTemp, estimateFile);
    }

    /** Also switches the temporary OME-Zarr on. */
    public ScaledProcessingOptions withTempZarrPath(Path path) {
        return new ScaledProcessingOptions(
                downsampleFactor, chunkSize, true, Optional.of(path), keepTemp, estimateFile);
    }

    /** The same with that OME-Zarr kept, or not. */
    public ScaledProcessingOptions withKeepTemp(boolean keep) {
        return new ScaledProcessingOptions(downsampleFactor, chunkSize, useTempZarr, tempZarrPath, keep, estimateFile);
    }

    /** The same with the estimate kept in a file, or read from it where it is there. */
    public ScaledProcessingOptions withEstimateFile(Path file) {
        return new ScaledProcessingOptions(
                downsampleFactor, chunkSize, useTempZarr, tempZarrPath, keepTemp, Optional.of(file));
    }

    private static List<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
