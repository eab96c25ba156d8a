package org.scaledimaging.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The image that is read and the one that is written. */
final class Places {
    @Parameters(index = "0", paramLabel = "INPUT", description = "A NIfTI file, a TIFF file or an OME-Zarr folder.")
    private Path input;

    @Parameters(
            index = "1",
            paramLabel = "OUTPUT",
            description = "What to write; the name tells the format: .ome.zarr or .zarr, .nii or .nii.gz.")
    private Path output;

    Path input() {
        return input;
    }

    Path output() {
        return output;
    }
}
