package org.scaledimaging.engine.scaled.share;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.scaled.share.EstimateFrom.Kind;

/** The axes along which volumes have an estimate in common. */
public enum Sharing {
    /** Each volume has its own. */
    NONE(EnumSet.noneOf(Axis.class)),
    /** All time points, for each channel one. */
    TIME(EnumSet.of(Axis.T)),
    /** All channels, for each time point one. */
    CHANNEL(EnumSet.of(Axis.C)),
    /** All volumes. */
    ALL(EnumSet.of(Axis.T, Axis.C));

    /** What users write who leave it to what the estimate is made from. */
    public static final String AUTO = "auto";

    /** What users may write. */
    public static final List<String> CHOICES = List.of(AUTO, "time", "channel", "all");

    private final Set<Axis> axes;

    Sharing(Set<Axis> axes) {
        this.axes = axes;
    }

    /** The axes along which volumes have it in common. */
    Set<Axis> axes() {
        return axes;
    }

    /** As users write it. */
    public String text() {
        return this == NONE ? AUTO : name().toLowerCase(Locale.ROOT);
    }

    private static Sharing along(boolean time, boolean channel) {
        return time ? channel ? ALL : TIME : channel ? CHANNEL : NONE;
    }

    /**
     * Which volumes have an estimate in common.
     *
     * @param given one of the choices
     * @param image the image that is processed
     * @param own of the image that the estimate is made from, where it is one of its own
     * @throws ParameterException when what is given does not go with what the estimate is made from, or with the image
     */
    public static Sharing of(String given, EstimateFrom from, ImageMetadata image, Optional<ImageMetadata> own)
            throws ParameterException {
        boolean times = image.length(Axis.T) > 1;
        boolean channels = image.length(Axis.C) > 1;
        if (given.equals(AUTO)) {
            return switch (from.kind()) {
                case EACH -> NONE;
                case MEAN, MEDIAN, MAX -> along(times, channels && !times);
                case TIME, B0 -> along(times, false);
                case CHANNEL -> along(false, channels);
                case IMAGE ->
                    along(
                            times && own.orElseThrow().length(Axis.T) == 1,
                            channels && own.orElseThrow().length(Axis.C) == 1);
            };
        }
        Sharing sharing = valueOf(given.toUpperCase(Locale.ROOT));
        check(sharing, from);
        if (sharing == TIME && image.indexOf(Axis.T) < 0 || sharing == CHANNEL && image.indexOf(Axis.C) < 0) {
            throw new ParameterException(
                    Setting.SHARE,
                    given + " for " + image.name() + ", which has the axes " + image.axes(),
                    "an image with an axis " + (sharing == TIME ? "t" : "c"));
        }
        return along(times && sharing != CHANNEL, channels && sharing != TIME);
    }

    private static void check(Sharing sharing, EstimateFrom from) throws ParameterException {
        Kind kind = from.kind();
        if (kind == Kind.EACH) {
            throw new ParameterException(
                    Setting.SHARE,
                    sharing.text() + " where each volume has an estimate of its own",
                    Setting.ESTIMATE_FROM + " with what all of them share, as mean");
        }
        boolean time = kind == Kind.TIME || kind == Kind.B0;
        if (time && sharing == CHANNEL || kind == Kind.CHANNEL && sharing == TIME) {
            throw new ParameterException(
                    Setting.SHARE,
                    sharing.text() + " with an estimate from " + (time ? "time points" : "a channel"),
                    time ? "time or all" : "channel or all");
        }
    }

    /** For people: what one field is for. */
    String inWords(ImageMetadata image) {
        String times = "all " + image.length(Axis.T) + " time points";
        String channels = "all " + image.length(Axis.C) + " channels";
        boolean others = image.length(this == TIME ? Axis.C : Axis.T) > 1;
        return switch (this) {
            case NONE -> "each volume";
            case TIME -> times + (others ? " of each channel" : "");
            case CHANNEL -> channels + (others ? " of each time point" : "");
            case ALL -> times + " and " + channels;
        };
    }
}
