package org.scaledimaging.cli.option.output;

import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Parameters;

/** The image that is read and the one that is written. */
public final class Places {
    static final String NAME_TELLS = "the name tells the format: .ome.zarr or .zarr (a folder), .ome.zarr.zip or .ozx,"
            + " .ome.tif or .tif, .nii or .nii.gz, .nrrd, .mha";

    @Parameters(index = "0", paramLabel = "INPUT", description = "What to read: " + ImageFormats.READABLE_PLACES + ".")
    private ImageLocation input;

    @Parameters(
            index = "1",
            paramLabel = "OUTPUT",
            converter = Output.Place.class,
            description = "What to write; " + NAME_TELLS + ".")
    private ImageLocation output;

    public ImageLocation input() {
        return input;
    }

    public ImageLocation output() {
        return output;
    }
}
