package org.scaledimaging.cli.option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose the part of an image that is read. */
public class InputOptions {
    @Mixin
    private CollectionOptions collection;

    @Mixin
    private DescriptionOptions description;

    @Option(
            names = "--level",
            paramLabel = "N",
            description = "Read this resolution of a pyramid; 0, the full one, if not given.")
    private Integer level;

    @Option(names = "--channel", paramLabel = "N", description = "Read this channel alone, counted from 0.")
    private Integer channel;

    @Option(names = "--time", paramLabel = "N", description = "Read this time point alone, counted from 0.")
    private Integer time;

    /** @throws ParameterException when a number is below 0 */
    public void check() throws ParameterException {
        collection.check();
        description.check();
        check("--level", level);
        check("--channel", channel);
        check("--time", time);
    }

    private static void check(String option, Integer number) throws ParameterException {
        if (number != null && number < 0) {
            throw new ParameterException(option, number, "a whole number of at least 0");
        }
    }

    /**
     * Opens the image; whoever calls closes it.
     *
     * @throws ParameterException when there is no such series, well, field, level, channel or time point
     */
    public Image open(ImageLocation location) throws IOException, ParameterException {
        return part(Image.open(location, collection.choice()));
    }

    /**
     * Where the image is that is chosen of those at a place; the place itself where nothing is chosen.
     *
     * @throws ParameterException when there is no such series, well or field
     */
    public ImageLocation chosen(ImageLocation location) throws IOException, ParameterException {
        return ImageFormats.chosen(location, collection.choice());
    }

    /** Whether a level, channel or time point of the image is meant, or something is done to it, not the image itself. */
    public boolean hasPart() {
        return description.operation().isPresent() || level != null || channel != null || time != null;
    }

    /**
     * The plate or collection of which all images are meant, since none is chosen.
     *
     * @param omeZarr whether what is written is OME-Zarr, which can hold several images
     * @return nothing where one image is meant, such as the only one of a collection
     * @throws ParameterException when it is said that all are meant, and there is no place for several
     */
    public Optional<ImageCollection> all(ImageLocation location, boolean omeZarr)
            throws IOException, ParameterException {
        if (!collection.choice().isNone() || !omeZarr && !collection.isAll()) {
            return Optional.empty();
        }
        Optional<ImageCollection> found = ImageCollection.find(location);
        if (found.isEmpty()) {
            return found;
        }
        if (!omeZarr && found.get().members().size() > 1) {
            throw new ParameterException(
                    Setting.SERIES,
                    "'all' for a file of one image",
                    "an OME-Zarr as output, or the number of one image");
        }
        boolean several = switch (found.get().layout().kind()) {
            case PLATE -> omeZarr;
            case SERIES -> found.get().members().size() > 1;
            case WELL -> false;
        };
        return found.filter(images -> several);
    }

    /** Where all images of a place are, where it is said that these are meant; else nothing. */
    public Optional<List<ImageLocation>> allSaid(ImageLocation location) throws IOException {
        return collection.all(location);
    }

    /** The images of a collection, where it is said that all of them are meant; else none. */
    public List<Member> membersSaid(ImageLocation location) throws IOException {
        return collection.members(location);
    }

    /** The pixel type that an image had which {@link #open} gave, when it was read. */
    public PixelType typeRead(Image opened) {
        return opened.metadata().pixelType();
    }

    /** As {@link #open}, with nothing done to what is read. */
    public final Image openAsItIs(ImageLocation location) throws IOException, ParameterException {
        return selected(Image.open(location, collection.choice()));
    }

    /**
     * What is meant of an image that is open; closed where there is no such part.
     *
     * @throws ParameterException when the image has no such level, channel or time point
     */
    public Image part(Image opened) throws IOException, ParameterException {
        return selected(opened);
    }

    private Image selected(Image opened) throws IOException, ParameterException {
        try {
            Image image = description.described(opened);
            image = level == null ? image : image.level(level);
            image = channel == null ? image : image.channel(channel);
            return time == null ? image : image.time(time);
        } catch (ParameterException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }
}
