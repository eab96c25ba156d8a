package org.scaledimaging.cli.option.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine.Parameters;

/**
 * The places that are read and written: one image and its result, or any number of images whose results go into a
 * folder.
 */
public final class ProcessPlaces {
    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "INPUT OUTPUT",
            description = "What to read (" + ImageFormats.READABLE_PLACES + ") and what to"
                    + " write; " + Places.NAME_TELLS
                    + ". With --output-dir, any number of images to read.")
    private List<String> places = new ArrayList<>();

    /** The image that is read, where one is. */
    public ImageLocation input() throws IOException, ParameterException {
        checkTwo();
        return ImageLocation.parse(places.get(0));
    }

    /** Where its result goes. */
    public ImageLocation output() throws IOException, ParameterException {
        checkTwo();
        return Addresses.imageTarget(places.get(1));
    }

    private void checkTwo() throws ParameterException {
        if (places.size() < 2) {
            throw new ParameterException(
                    "Arguments",
                    "too few",
                    "also " + (places.isEmpty() ? "INPUT " : "") + "OUTPUT, or --output-dir FOLDER");
        }
        if (places.size() > 2) {
            throw new ParameterException(
                    "Arguments",
                    places.size() + " of INPUT and OUTPUT",
                    "two, or --output-dir FOLDER for the results of several images");
        }
    }

    /** All images that are read, where results go into a folder. */
    public List<ImageLocation> inputs() throws IOException {
        List<ImageLocation> inputs = new ArrayList<>();
        for (String place : places) {
            inputs.add(ImageLocation.parse(place));
        }
        return inputs;
    }
}
