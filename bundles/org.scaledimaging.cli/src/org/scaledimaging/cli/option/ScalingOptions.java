package org.scaledimaging.cli.option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.ScaledProcessingDeclaration;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine.Option;

/** Options on the low-resolution step. */
public final class ScalingOptions {
    @Option(
            names = "--downsample-factor",
            paramLabel = "N|Z,Y,X",
            description = "How many voxels make one of the low-resolution image, along all spatial axes, or "
                    + NumberList.PER_AXIS + "; 4 if not given.")
    private String factor;

    @Option(
            names = "--downsample-to",
            paramLabel = "SIZE",
            description =
                    "How large the voxels of the low-resolution image become, instead of a factor: a size with its"
                            + " unit, as in 4mm, or one for each axis in the order z,y,x; each axis has the whole factor nearest"
                            + " to it.")
    private String size;

    @Option(
            names = "--estimate-from",
            paramLabel = "WHAT",
            description = "What the estimate is made from: each volume itself (each); the mean, median or max of the"
                    + " volumes that share it; time points (time=0 or time=0,6,12); a channel (channel=0); the time points"
                    + " whose b-value in a bval file is below 50 (time=b0:FILE); another image of the same field of view,"
                    + " at any resolution (its path); each if not given.")
    private String estimateFrom;

    @Option(
            names = "--share",
            paramLabel = "AXIS",
            completionCandidates = Candidates.Shares.class,
            description = "Which volumes share an estimate that is not made from each: all time points (time), all"
                    + " channels (channel) or all volumes (all). time where there are several time points, else"
                    + " channel, and with another image what that has not: auto if not given.")
    private String share;

    @Option(
            names = "--mask",
            paramLabel = "IMAGE",
            description =
                    "Which voxels take part in the estimate, whatever the plugin: those where this image of the same"
                            + " field of view, at any resolution, is not 0; none if not given.")
    private String mask;

    @Option(
            names = "--apply-mask",
            paramLabel = "IMAGE",
            description =
                    "Where the result is applied: with this image m of the same field of view, at any resolution, the"
                            + " result is corrected * m + original * (1 - m), m from 0 to 1 and 1 where it is more; none if not"
                            + " given.")
    private String applyMask;

    @Option(
            names = "--chunk-size",
            paramLabel = "N|Z,Y,X",
            description =
                    "Voxels per chunk of the low-resolution image and the temporary OME-Zarr, along all spatial axes or for"
                            + " each in the order z,y,x; the input's if not"
                            + " given.")
    private String chunkSize;

    @Option(
            names = "--use-temp-zarr",
            description =
                    "Write the field at full resolution to a temporary OME-Zarr first, instead of interpolating it"
                            + " where it is needed.")
    private boolean useTempZarr;

    @Option(
            names = "--temp-zarr-path",
            paramLabel = "PATH",
            description = "Where to write that OME-Zarr (and do); the system's temporary folder if not given.")
    private Path tempZarrPath;

    @Option(names = "--keep-temp", description = "Keep that OME-Zarr, and say where it is.")
    private boolean keepTemp;

    /** @throws ParameterException when a value is not accepted, or options do not go together */
    public ScaledProcessingOptions settings(int plugins) throws ParameterException {
        ScaledProcessingOptions options =
                ScaledProcessingOptions.defaults().withTempZarr(useTempZarr).withKeepTemp(keepTemp);
        if (factor != null) {
            options = options.withDownsampleFactor(Numbers.parse("--downsample-factor", factor));
        }
        if (size != null) {
            if (factor != null) {
                throw new ParameterException("--downsample-to", "--downsample-factor as well", "one of the two");
            }
            options = options.withDownsampleTo(size);
        }
        options = withEstimate(options, plugins);
        if (chunkSize != null) {
            options = options.withChunkSize(Numbers.parse("--chunk-size", chunkSize));
        }
        if (tempZarrPath != null) {
            if (plugins > 1) {
                throw new ParameterException("--temp-zarr-path", plugins + " plugins", "one plugin to use it");
            }
            options = options.withTempZarrPath(tempZarrPath);
        }
        if (keepTemp && !options.useTempZarr()) {
            throw new ParameterException(
                    "--keep-temp", "no temporary OME-Zarr", "--use-temp-zarr or --temp-zarr-path along with it");
        }
        return options;
    }

    private ScaledProcessingOptions withEstimate(ScaledProcessingOptions given, int plugins) throws ParameterException {
        ScaledProcessingOptions options = given;
        if (estimateFrom != null) {
            options = options.withEstimateFrom(estimateFrom);
            if (plugins > 1 && options.images().containsKey(ScaledProcessingDeclaration.FROM)) {
                throw new ParameterException(
                        "--estimate-from",
                        "an image for " + plugins + " plugins",
                        "one plugin, or what can be made of the result of the one before, as mean");
            }
        }
        options = share == null ? options : options.withShare(share);
        options = mask == null ? options : options.withMask(mask);
        return applyMask == null ? options : options.withApplyMask(applyMask);
    }

    /**
     * Refuses options of estimates where no plugin is run: they would have no effect.
     *
     * @throws ParameterException when one is given
     */
    public void checkWithoutPlugin() throws ParameterException {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--estimate-from", estimateFrom);
        given.put("--share", share);
        given.put("--mask", mask);
        given.put("--apply-mask", applyMask);
        for (Map.Entry<String, Object> option : given.entrySet()) {
            if (option.getValue() != null) {
                throw new ParameterException(option.getKey(), "it without a plugin", "--plugin ID along with it");
            }
        }
    }

    public Optional<Path> tempZarrPath() {
        return Optional.ofNullable(tempZarrPath);
    }
}
