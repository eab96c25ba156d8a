package org.scaledimaging.cli.option;

import java.nio.file.Path;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Parameters;

/** The image that is read and the one that is written. */
public final class Places {
    @Parameters(index = "0", paramLabel = "INPUT", description = "What to read: " + ImageFormats.READABLE_PLACES + ".")
    private ImageLocation input;

    @Parameters(
            index = "1",
            paramLabel = "OUTPUT",
            description =
                    "What to write; the name tells the format: .ome.zarr or .zarr (a folder), .ome.zarr.zip or .ozx, .nii or .nii.gz, .nrrd, .mha.")
    private Path output;

    public ImageLocation input() {
        return input;
    }

    public Path output() {
        return output;
    }
}
