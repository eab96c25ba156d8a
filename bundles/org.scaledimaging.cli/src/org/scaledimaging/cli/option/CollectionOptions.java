package org.scaledimaging.cli.option;

import java.util.Optional;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Option;

/** Which image of a plate or a collection is read. */
public final class CollectionOptions {
    @Option(
            names = "--series",
            paramLabel = "N",
            description = "Of a collection of OME-Zarr or a file of several images, read this one, counted from 0.")
    private Integer series;

    @Option(
            names = "--well",
            paramLabel = "ROW/COLUMN",
            description = "Of a plate of OME-Zarr, read an image of this well, as in A/1.")
    private String well;

    @Option(
            names = {"--field-of-view", "--field"},
            paramLabel = "N",
            description = "Of a plate or well of OME-Zarr, read this field of view of the well, counted from 0.")
    private Integer field;

    /** @throws ParameterException when a number is below 0, or options contradict each other */
    public void check() throws ParameterException {
        choice().check();
    }

    /** What the options say; nothing where none is given. */
    public ImageChoice choice() {
        return new ImageChoice(Optional.ofNullable(series), Optional.ofNullable(well), Optional.ofNullable(field));
    }
}
