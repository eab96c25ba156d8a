package org.scaledimaging.engine.scaled.share;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * The source of an estimate, as users write it.
 *
 * @param numbers of time points or channels, ascending, from 0; for {@link Kind#TIME} and {@link Kind#CHANNEL}
 * @param place the absolute path of a bval file; of an image its absolute path, its address, or a recipe as JSON
 */
public record EstimateFrom(Kind kind, List<Long> numbers, String place) {
    /** What users may write. */
    public static final String ACCEPTED =
            "each, mean, median, max, time=N[,N...], channel=N, time=b0:FILE, or the path of an image";

    private static final String TIME = "time=";
    private static final String CHANNEL = "channel=";
    private static final String B0 = "time=b0:";

    /** Kinds of what an estimate is made from. */
    public enum Kind {
        /** Each volume has its own. */
        EACH,
        /** The mean of the volumes. */
        MEAN,
        /** Their median. */
        MEDIAN,
        /** Their maximum. */
        MAX,
        /** The mean of some time points. */
        TIME,
        /** One channel. */
        CHANNEL,
        /** The mean of the time points that were taken without diffusion weighting, as a file says. */
        B0,
        /** An image of its own. */
        IMAGE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Those of them that are words. */
    public static final List<String> WORDS = List.of("each", "mean", "median", "max");

    /** @throws ParameterException when it is nothing that an estimate can be made from */
    public static EstimateFrom parse(String given) throws ParameterException {
        String text = given.strip();
        if (WORDS.contains(text)) {
            return new EstimateFrom(Kind.valueOf(text.toUpperCase(Locale.ROOT)), List.of(), "");
        }
        if (text.startsWith(B0)) {
            return new EstimateFrom(Kind.B0, List.of(), place(text, text.substring(B0.length())));
        }
        if (text.startsWith(TIME)) {
            return new EstimateFrom(Kind.TIME, numbers(text, text.substring(TIME.length())), "");
        }
        if (text.startsWith(CHANNEL)) {
            List<Long> numbers = numbers(text, text.substring(CHANNEL.length()));
            if (numbers.size() != 1) {
                throw refused(text);
            }
            return new EstimateFrom(Kind.CHANNEL, numbers, "");
        }
        return new EstimateFrom(Kind.IMAGE, List.of(), text.startsWith("{") ? text : place(text, text));
    }

    private static List<Long> numbers(String text, String list) throws ParameterException {
        try {
            List<Long> numbers = NumberList.parse(list, Long::valueOf);
            if (numbers.stream().anyMatch(number -> number < 0)) {
                throw refused(text);
            }
            return numbers.stream().distinct().sorted().toList();
        } catch (NumberFormatException e) {
            throw refused(text);
        }
    }

    private static String place(String text, String place) throws ParameterException {
        if (place.isBlank()) {
            throw refused(text);
        }
        try {
            return ImageLocation.parse(place)
                    .path()
                    .map(path -> path.toAbsolutePath().normalize().toString())
                    .orElse(place);
        } catch (ImageFormatException e) {
            throw new ParameterException(
                    Setting.ESTIMATE_FROM,
                    "what is no path or address of an image",
                    ACCEPTED); // it may hold a password
        }
    }

    private static ParameterException refused(String text) {
        return new ParameterException(Setting.ESTIMATE_FROM, Given.shown(text), ACCEPTED);
    }

    /** As users write it, with absolute paths. */
    public String text() {
        return switch (kind) {
            case TIME -> TIME + listed();
            case CHANNEL -> CHANNEL + listed();
            case B0 -> B0 + place;
            case IMAGE -> place;
            default -> kind.word();
        };
    }

    private String listed() {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /**
     * The same with time points by their numbers, where a file says which.
     *
     * @throws ParameterException when the file cannot be read, is of another series, or names none
     */
    public EstimateFrom resolved(ImageMetadata image) throws ParameterException {
        if (kind != Kind.B0) {
            return this;
        }
        return new EstimateFrom(Kind.TIME, BValues.unweighted(place, image), "");
    }

    /** @throws ParameterException when the image has no such time point or channel */
    public void check(ImageMetadata image) throws ParameterException {
        if (kind == Kind.TIME || kind == Kind.CHANNEL) {
            Axis axis = kind == Kind.TIME ? Axis.T : Axis.C;
            long length = image.length(axis);
            for (long number : numbers) {
                if (number >= length) {
                    throw new ParameterException(
                            Setting.ESTIMATE_FROM,
                            axis.kind() + (axis == Axis.T ? " point " : " ") + number,
                            length == 1 ? "0, for the image has no other" : "0 to " + (length - 1));
                }
            }
        }
    }

    /** Whether a volume takes part in an estimate of the kinds that name time points or channels. */
    boolean takes(long channel, long time) {
        return switch (kind) {
            case TIME -> numbers.contains(time);
            case CHANNEL -> numbers.contains(channel);
            default -> true;
        };
    }

    /** For people: the mean of time points 0, 6. */
    String inWords(String of) {
        return switch (kind) {
            case EACH -> "itself";
            case MEAN -> "the mean of " + of;
            case MEDIAN -> "the median of " + of;
            case MAX -> "the maximum of " + of;
            case TIME, B0 -> (numbers.size() == 1 ? "time point " : "the mean of the time points ") + few();
            case CHANNEL -> "channel " + listed();
            case IMAGE -> "an image of its own";
        };
    }

    private String few() {
        return numbers.size() <= 10
                ? listed().replace(",", ", ")
                : numbers.subList(0, 3).stream().map(String::valueOf).collect(Collectors.joining(", ")) + ", ... ("
                        + numbers.size() + " of them)";
    }
}
