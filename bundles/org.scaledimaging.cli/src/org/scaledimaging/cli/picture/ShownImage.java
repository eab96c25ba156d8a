package org.scaledimaging.cli.picture;

import java.util.Optional;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import picocli.CommandLine.Option;

/** Options that choose the shown image of a plate or a collection; {@code --field} means something else here. */
final class ShownImage {
    @Option(
            names = "--series",
            paramLabel = "N",
            description = "Of a collection of OME-Zarr, show this image, counted from 0.")
    private Integer series;

    @Option(
            names = "--well",
            paramLabel = "ROW/COLUMN",
            description = "Of a plate of OME-Zarr, show an image of this well, as in A/1.")
    private String well;

    @Option(
            names = "--field-of-view",
            paramLabel = "N",
            description = "Of a plate or well of OME-Zarr, show this field of view of the well, counted from 0.")
    private Integer field;

    ImageChoice choice() {
        return new ImageChoice(Optional.ofNullable(series), Optional.ofNullable(well), Optional.ofNullable(field));
    }
}
