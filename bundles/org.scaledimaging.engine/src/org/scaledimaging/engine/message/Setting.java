package org.scaledimaging.engine.message;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The settings of users, as far as the engine's sentences speak of them. A sentence mentions a setting
 * ({@code "… or a larger " + Setting.DOWNSAMPLE_FACTOR}), and whoever shows it puts in what the setting is called
 * there: an option of the command line, the title of a widget. Parameters of plugins are mentioned by
 * {@link #parameter}.
 */
public enum Setting {
    /** What an input's axes are. */
    AXES,
    /** What an input's pages are. */
    PAGES,
    /** How large an input's voxels are. */
    VOXEL_SIZE,
    /** The unit of an input's voxel sizes. */
    UNIT,
    /** Which resolution of a pyramid is read. */
    LEVEL,
    /** Which channel is read. */
    CHANNEL,
    /** Which time point is read. */
    TIME_POINT,
    /** Which image of a collection is read. */
    SERIES,
    /** Which well of a plate is read. */
    WELL,
    /** Which field of view of a well is read. */
    FIELD_OF_VIEW,
    /** How many voxels make one of the low-resolution image. */
    DOWNSAMPLE_FACTOR,
    /** How large the voxels of the low-resolution image become. */
    DOWNSAMPLE_TO,
    /** What an estimate is made from. */
    ESTIMATE_FROM,
    /** Which volumes have an estimate in common. */
    SHARE,
    /** Which voxels take part in an estimate, whatever the plugin. */
    MASK,
    /** Where a result is applied. */
    APPLY_MASK,
    /** Which channels a plugin corrects. */
    ON_CHANNELS,
    /** A field that is there already. */
    FIELD,
    /** Chunks of the low-resolution image and of the temporary OME-Zarr. */
    CHUNK_SIZE,
    /** The field at full resolution, written before it is used. */
    TEMPORARY_OME_ZARR,
    /** By how much an image is made smaller or larger. */
    FACTOR,
    /** How large an image is made. */
    SHAPE,
    /** Where a crop begins. */
    CROP_FROM,
    /** Where a crop ends. */
    CROP_TO,
    /** Thresholds between labels. */
    THRESHOLDS,
    /** How many classes Otsu's method tells apart. */
    CLASSES,
    /** Bins of a histogram. */
    BINS,
    /** Blocks with thresholds of their own. */
    LOCAL_BLOCK,
    /** Percentiles of statistics. */
    PERCENTILES,
    /** Which plugin is run. */
    PLUGIN,
    /** Whether an existing target is replaced. */
    OVERWRITE,
    /** Whether what was written is read back and compared. */
    VERIFY,
    /** Whether the JSON file beside a NIfTI file is left out. */
    NO_SIDECAR,
    /** Whether label images beside an image are treated as it is. */
    WITH_LABELS,
    /** Type of the voxels that are written. */
    OUTPUT_TYPE,
    /** Version of OME-Zarr that is written. */
    OME_ZARR_VERSION,
    /** Chunks of an OME-Zarr that is written. */
    CHUNKS,
    /** Shards of an OME-Zarr that is written. */
    SHARDS,
    /** How chunks are compressed. */
    CODEC,
    /** How many bits of values' mantissas are written. */
    KEEP_BITS,
    /** How many resolutions are written. */
    LEVELS,
    /** How much memory there is. */
    MEMORY,
    /** How voxels grow from each resolution to the next. */
    PYRAMID,
    /** Where the work is done. */
    EXECUTOR,
    /** The cluster that does it. */
    MASTER,
    /** How plugins for scaled processing are run. */
    SCALED_PROCESSING,
    /** How plugins for segmentation are run. */
    SEGMENTATION;

    private static final String PARAMETER = "parameter:";
    private static final Pattern MENTION = Pattern.compile("\\{(?:" + PARAMETER + "([^{}]*)|([A-Z_]+))\\}");

    /** What settings are called by whoever shows a sentence. */
    public interface Names {
        /** The name of a setting, as in {@code --downsample-factor}. */
        String of(Setting setting);

        /** The name of a plugin's parameter, as in {@code -p sigma}. */
        String ofParameter(String parameter);
    }

    /** Names in words, for programs and logs. */
    public static final Names IN_WORDS = new Names() {
        @Override
        public String of(Setting setting) {
            return setting.inWords();
        }

        @Override
        public String ofParameter(String parameter) {
            return "parameter " + parameter;
        }
    };

    /** The setting in words, in lower case: {@code downsample factor}. */
    public String inWords() {
        return switch (this) {
            case OME_ZARR_VERSION -> "OME-Zarr version";
            case TEMPORARY_OME_ZARR -> "temporary OME-Zarr";
            case DOWNSAMPLE_TO -> "size of low-resolution voxels";
            case ESTIMATE_FROM -> "what the estimate is made from";
            case SHARE -> "what shares an estimate";
            case MASK -> "mask of the estimate";
            case CROP_FROM -> "start of the crop";
            case CROP_TO -> "end of the crop";
            case OVERWRITE -> "overwriting";
            case VERIFY -> "verification";
            case NO_SIDECAR -> "no sidecar";
            default -> name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** What a sentence mentions this setting by. */
    @Override
    public String toString() {
        return "{" + name() + "}";
    }

    /**
     * What a sentence mentions a plugin's parameter by.
     *
     * @param name any text: users misspell names; braces in it become parentheses
     */
    public static String parameter(String name) {
        return "{" + PARAMETER + name.replace('{', '(').replace('}', ')') + "}";
    }

    /** Whether a sentence mentions a plugin's parameter. */
    static boolean mentionsParameter(String sentence) {
        return MENTION.matcher(sentence).results().anyMatch(mention -> mention.group(1) != null);
    }

    /** A sentence with the names of what it mentions. */
    public static String named(String sentence, Names names) {
        return MENTION.matcher(sentence)
                .replaceAll(mention -> java.util.regex.Matcher.quoteReplacement(name(mention, names)));
    }

    private static String name(MatchResult mention, Names names) {
        String name;
        if (mention.group(1) != null) {
            name = names.ofParameter(mention.group(1));
        } else {
            try {
                name = names.of(valueOf(mention.group(2)));
            } catch (IllegalArgumentException e) {
                return mention.group(); // braces of somebody else's
            }
        }
        return mention.start() == 0 ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : name;
    }
}
