package org.scaledimaging.engine.scaled;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.scaled.share.EstimateFrom;
import org.scaledimaging.engine.scaled.share.Sharing;

/** The parameters of scaled processing, declared once: names, types, defaults, ranges, texts. */
public final class ScaledProcessingDeclaration {
    private ScaledProcessingDeclaration() {}

    /** The name of what the estimate is made from, among {@link #ESTIMATE}. */
    public static final String FROM = "estimateFrom";

    static final String SHARE = "share";
    /** The name of the mask among {@link #ESTIMATE}. */
    public static final String MASK = "mask";

    /** What can be named as {@code estimateFrom}, for messages. */
    public static final String FROM_ACCEPTED = EstimateFrom.ACCEPTED;

    /** The words that can be given as {@code estimateFrom}. */
    public static final List<String> FROM_WORDS = EstimateFrom.WORDS;

    /** The name of where the result is applied, among {@link #ESTIMATE}. */
    public static final String APPLY_MASK = "applyMask";

    /** The name of the channels that are processed, among {@link #ESTIMATE}. */
    public static final String ON_CHANNELS = "onChannels";

    /** What stands for all channels. */
    public static final String ALL_CHANNELS = "all";

    static final String NO_MASK = "none";

    static final Map<String, Setting> SETTINGS = Map.of(
            FROM,
            Setting.ESTIMATE_FROM,
            SHARE,
            Setting.SHARE,
            MASK,
            Setting.MASK,
            APPLY_MASK,
            Setting.APPLY_MASK,
            ON_CHANNELS,
            Setting.ON_CHANNELS);

    /** What an estimate is made from, and where its result is applied; part of recipes. */
    public static final List<Parameter> ESTIMATE = List.of(
            Parameter.text(
                    FROM,
                    "each",
                    "What the estimate is made from: each volume itself (each), the mean, median or max of those that share"
                            + " it, time points (time=0 or time=0,6,12), a channel (channel=0), the time points whose"
                            + " b-value in a bval file is below 50 (time=b0:FILE), or another image of the same field of"
                            + " view, at any resolution, by its path."),
            Parameter.choice(
                    SHARE,
                    Sharing.AUTO,
                    Sharing.CHOICES,
                    "Which volumes share an estimate that is not made from each: all time points (time), all channels"
                            + " (channel) or all volumes (all); auto: time points where there are several, else channels,"
                            + " and with another image what that has not."),
            Parameter.image(
                    MASK,
                    NO_MASK,
                    List.of(NO_MASK),
                    "Which voxels take part in the estimate, whatever the plugin: those where an image of the same field"
                            + " of view, at any resolution, is not 0, or all (none)."),
            Parameter.image(
                    APPLY_MASK,
                    NO_MASK,
                    List.of(NO_MASK),
                    "Where the result is applied: an image m of the same field of view, at any resolution; the result is"
                            + " corrected · m + original · (1 − m), with m from 0 to 1 and 1 where it is more. Everywhere"
                            + " (none)."),
            Parameter.text(
                    ON_CHANNELS,
                    ALL_CHANNELS,
                    "Which channels are processed, counted from 0, with commas between; the others are passed on, in the"
                            + " result's pixel type. All of them (all)."));

    /** What users can set; {@code estimateFile} is set by programs alone. */
    public static final List<Parameter> PARAMETERS = Stream.of(
                    List.of(
                            Parameter.integers(
                                    "downsampleFactor",
                                    List.of(4L),
                                    1,
                                    Integer.MAX_VALUE,
                                    "voxels",
                                    "How many voxels make one of the low-resolution image, along all spatial axes, or "
                                            + NumberList.PER_AXIS + "."),
                            Parameter.text(
                                    "downsampleTo",
                                    "",
                                    "How large the voxels of the low-resolution image become, instead of a factor: a size"
                                            + " with its unit, as in 4mm, or one for each axis in the order z,y,x; each axis"
                                            + " has the whole factor nearest to it.")),
                    ESTIMATE,
                    List.of(
                            Parameter.integers(
                                    "chunkSize",
                                    List.of(),
                                    1,
                                    Integer.MAX_VALUE,
                                    "voxels",
                                    "Voxels per chunk of the low-resolution image and the temporary OME-Zarr, along all"
                                            + " spatial axes or for each in the order z,y,x; empty for the input's."),
                            Parameter.bool(
                                    "useTempZarr",
                                    false,
                                    "Whether the field at full resolution is written to a temporary OME-Zarr first, instead"
                                            + " of being interpolated where it is needed."),
                            Parameter.text(
                                    "tempZarrPath",
                                    "",
                                    "Where to write that OME-Zarr; empty for the system's temporary folder."),
                            Parameter.bool("keepTemp", false, "Whether that OME-Zarr is kept.")))
            .flatMap(List::stream)
            .toList();

    /** What names an image, for messages: by a name among {@link #ESTIMATE}. */
    public static Setting settingOf(String name) {
        return SETTINGS.get(name);
    }
}
