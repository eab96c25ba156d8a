package org.scaledimaging.cli.terminal;

import java.util.Locale;
import org.scaledimaging.engine.message.Setting;

/** The names of the engine's settings on the command line: the options that set them. */
public final class OptionNames implements Setting.Names {
    /** For parameters of plugins. */
    public static final OptionNames TABLE = new OptionNames(false, "--plugin");

    /** Where a plugin is named by an argument. */
    public static final OptionNames OF_ARGUMENT = new OptionNames(false, "ID");

    /** For parameters of operations, which are options of their own. */
    public static final OptionNames OF_OPERATION = new OptionNames(true, "--plugin");

    private final boolean ownOptions;

    private final String plugin;

    private OptionNames(boolean ownOptions, String plugin) {
        this.ownOptions = ownOptions;
        this.plugin = plugin;
    }

    /** The option for a parameter of an operation: {@code --local-block} for {@code localBlock}. */
    public static String option(String parameter) {
        return "--" + words(parameter);
    }

    /** A name in lower case with hyphens between words. */
    public static String words(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public String of(Setting setting) {
        return switch (setting) {
            case AXES -> "--axes";
            case PAGES -> "--pages";
            case VOXEL_SIZE -> "--voxel-size";
            case UNIT -> "--unit";
            case LEVEL -> "--level";
            case CHANNEL -> "--channel";
            case TIME_POINT -> "--time";
            case SERIES -> "--series";
            case WELL -> "--well";
            case FIELD_OF_VIEW -> "--field-of-view";
            case DOWNSAMPLE_FACTOR -> "--downsample-factor";
            case DOWNSAMPLE_TO -> "--downsample-to";
            case ESTIMATE_FROM -> "--estimate-from";
            case SHARE -> "--share";
            case MASK -> "--mask";
            case APPLY_MASK -> "--apply-mask";
            case ON_CHANNELS -> "--on-channels";
            case FIELD -> "--field";
            case CHUNK_SIZE -> "--chunk-size";
            case TEMPORARY_OME_ZARR -> "--use-temp-zarr";
            case FACTOR -> "--factor";
            case SHAPE -> "--shape";
            case CROP_FROM -> "--from";
            case CROP_TO -> "--to";
            case THRESHOLDS -> "--threshold";
            case CLASSES -> "--classes";
            case BINS -> "--bins";
            case LOCAL_BLOCK -> "--local-block";
            case PERCENTILES -> "--percentiles";
            case PLUGIN -> plugin;
            case OVERWRITE -> "--overwrite";
            case VERIFY -> "--verify";
            case NO_SIDECAR -> "--no-sidecar";
            case KEEP_BITS -> "--keep-bits";
            case WITH_LABELS -> "--with-labels";
            case MEMORY -> "--memory";
            case OUTPUT_TYPE -> "--output-type";
            case OME_ZARR_VERSION -> "--ome-zarr-version";
            case CHUNKS -> "--chunks";
            case SHARDS -> "--shards";
            case CODEC -> "--codec";
            case LEVELS -> "--levels";
            case PYRAMID -> "--pyramid";
            case EXECUTOR -> "--executor";
            case MASTER -> "--master";
            case SCALED_PROCESSING -> "'" + Exit.COMMAND + " process'";
            case SEGMENTATION -> "'" + Exit.COMMAND + " segment'";
        };
    }

    @Override
    public String ofParameter(String parameter) {
        return ownOptions ? option(parameter) : "-p " + parameter;
    }
}
