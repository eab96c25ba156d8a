package org.scaledimaging.cli.option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.format.omezarr.collection.ImageChoice;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose one image of a plate or a collection. */
public final class CollectionOptions {
    @Mixin
    private SeriesOption series;

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
        if (isAll() && (well != null || field != null)) {
            throw new ParameterException(
                    Setting.SERIES, "'all' along with " + choice().setting(), "it alone, or one image of a plate");
        }
    }

    /** Whether all images are meant, and it is said. */
    public boolean isAll() {
        return series.isAll();
    }

    /** Where all images of a place are, where it is said that these are meant; else nothing. */
    public Optional<List<ImageLocation>> all(ImageLocation location) throws IOException {
        if (!isAll()) {
            return Optional.empty();
        }
        List<Member> several = members(location);
        return Optional.of(
                several.isEmpty()
                        ? List.of(location)
                        : several.stream().map(Member::location).toList());
    }

    /** The images of a collection of which it is said that all are meant; else, or of a place with one image, none. */
    public List<Member> members(ImageLocation location) throws IOException {
        Optional<ImageCollection> several = isAll() ? ImageCollection.find(location) : Optional.empty();
        return several.isPresent() ? several.get().members() : List.of();
    }

    /**
     * What the options say; nothing where none is given, or all images are meant.
     *
     * @throws ParameterException when the series is no number
     */
    public ImageChoice choice() throws ParameterException {
        return new ImageChoice(series.number(), Optional.ofNullable(well), Optional.ofNullable(field));
    }
}
