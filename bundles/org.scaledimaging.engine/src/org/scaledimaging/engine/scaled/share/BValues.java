package org.scaledimaging.engine.scaled.share;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.FileState;

/** The file that goes with a diffusion series, as FSL has it: a b-value for each volume, in s/mm², with blanks between. */
final class BValues {
    /** Below this a volume counts as not weighted: scanners write small values for 0. */
    private static final double UNWEIGHTED = 50;

    /** No series has as many volumes as a larger file would name. */
    private static final long MOST_BYTES = 1 << 20;

    private BValues() {}

    /**
     * The time points that are not weighted by diffusion, ascending.
     *
     * @throws ParameterException when the file cannot be read, has another number of values, or none below 50
     */
    static List<Long> unweighted(String file, ImageMetadata image) throws ParameterException {
        List<Double> values = read(file);
        long points = image.length(Axis.T);
        if (values.size() != points) {
            throw refused(
                    file + " with " + values.size() + (values.size() == 1 ? " b-value" : " b-values"),
                    points + ", one for each time point of " + image.name());
        }
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) < UNWEIGHTED) {
                numbers.add((long) i);
            }
        }
        if (numbers.isEmpty()) {
            throw refused(
                    file + ", whose least b-value is "
                            + plain(values.stream().min(Double::compare).orElseThrow()),
                    "a b-value below 50");
        }
        return numbers;
    }

    private static List<Double> read(String file) throws ParameterException {
        Path path = Path.of(file);
        String expected = "a bval file, with a b-value for each time point";
        if (Files.notExists(path)) {
            throw refused(file + ", which is not there", expected);
        }
        try {
            FileState.checkRegular(path);
            if (Files.size(path) > MOST_BYTES) {
                throw refused(file + ", a file of " + Files.size(path) + " bytes", expected);
            }
            String content = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).strip();
            if (content.isEmpty()) {
                throw refused(file + ", which is empty", expected);
            }
            List<Double> values = new ArrayList<>();
            for (String text : content.split("[\\s,]+")) {
                double value = Double.parseDouble(text);
                if (!(value >= 0) || Double.isInfinite(value)) {
                    throw refused(file + " with the value " + text, expected);
                }
                values.add(value);
            }
            return values;
        } catch (NumberFormatException e) {
            throw refused(file + " with a value that is no number", expected);
        } catch (IOException e) {
            throw refused(file + ", which cannot be read", expected);
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static ParameterException refused(String found, String expected) {
        return new ParameterException(Setting.ESTIMATE_FROM, found, expected);
    }
}
