package org.scaledimaging.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine.Option;

/** How the low-resolution step is carried out. */
public final class ScalingOptions {
    @Option(
            names = "--downsample-factor",
            paramLabel = "N|Z,Y,X",
            description = "How many voxels make one of the low-resolution image, along all spatial axes, or "
                    + NumberList.PER_AXIS + "; 4 if not given.")
    private String factor;

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

    public Optional<Path> tempZarrPath() {
        return Optional.ofNullable(tempZarrPath);
    }
}
