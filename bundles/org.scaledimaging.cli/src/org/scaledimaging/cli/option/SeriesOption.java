package org.scaledimaging.cli.option;

import java.util.Optional;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Option;

/** The option that chooses one image of a file or collection of several, or all of them. */
public final class SeriesOption {
    private static final String ALL = "all";

    @Option(
            names = "--series",
            paramLabel = "N",
            description =
                    "Of a collection of OME-Zarr or a file of several images, read this one, counted from 0; or all"
                            + " of them, one after the other: 'all'.")
    private String series;

    /** Whether all images are meant, and it is said. */
    public boolean isAll() {
        return ALL.equals(series);
    }

    /**
     * The image that is meant; nothing where none is named.
     *
     * @throws ParameterException when it is no number
     */
    public Optional<Integer> number() throws ParameterException {
        if (series == null || isAll()) {
            return Optional.empty();
        }
        if (!series.matches("[0-9]{1,9}")) {
            throw new ParameterException(
                    "--series", Given.shown(series), "a whole number of at least 0, or '" + ALL + "'");
        }
        return Optional.of(Integer.valueOf(series));
    }
}
