package org.scaledimaging.knime.nodes;

import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.Setting;

/**
 * What the engine's settings are called in dialogs: the titles of their widgets.
 *
 * @param plugin the plugin whose parameters a sentence mentions
 */
record Titles(Optional<String> plugin) implements Setting.Names {
    static final String OVERWRITE = "If it exists";

    private static final Map<String, Map<String, String>> PARAMETERS = Map.of(
            PluginChoice.GAUSSIAN,
            Map.of(
                    "sigma", "Sigma",
                    "mode", "Beyond the border",
                    "keepMean", "Keep the mean",
                    "allowNonPositive", "Allow values that are not positive"),
            PluginChoice.N4,
            Map.ofEntries(
                    Map.entry("splineSpacing", "Spline spacing"),
                    Map.entry("spacingUnit", "Unit of the spacing"),
                    Map.entry("iterations", "Iterations"),
                    Map.entry("tolerance", "Tolerance"),
                    Map.entry("shrinkFactor", "Shrink factor"),
                    Map.entry("mask", "Mask"),
                    Map.entry("weight", "Weight image"),
                    Map.entry("histogramBins", "Histogram bins"),
                    Map.entry("fullWidthAtHalfMaximum", "Full width at half maximum"),
                    Map.entry("wienerNoise", "Wiener filter noise"),
                    Map.entry("rescale", "Rescale"),
                    Map.entry("keepMean", "Keep the mean")));

    @Override
    public String of(Setting setting) {
        return switch (setting) {
            case LEVEL -> "Level";
            case CHANNEL -> "Channel";
            case TIME_POINT -> "Time point";
            case DOWNSAMPLE_FACTOR -> "Downsample factor";
            case CHUNK_SIZE, CHUNKS -> "Chunk size";
            case TEMPORARY_OME_ZARR -> "Temporary OME-Zarr";
            case FACTOR -> "Factor";
            case THRESHOLDS -> "Thresholds";
            case CLASSES -> "Classes";
            case BINS -> "Histogram bins";
            case LOCAL_BLOCK -> "Block size";
            case PERCENTILES -> "Percentiles";
            case PLUGIN -> "Plugin";
            case OVERWRITE -> OVERWRITE + ": Overwrite";
            case VERIFY -> "Verify";
            case MEMORY -> "memory (-Xmx in knime.ini)";
            case OUTPUT_TYPE -> "Pixel type";
            case OME_ZARR_VERSION -> "OME-Zarr version";
            case SHARDS -> "Shard size";
            case CODEC -> "Codec";
            case LEVELS -> "Pyramid levels";
            case PYRAMID -> "Pyramid";
            case SCALED_PROCESSING -> "the node Scaled Processing";
            case SEGMENTATION -> "the node Segment Image";
            case SHAPE, CROP_FROM, CROP_TO, EXECUTOR, MASTER -> setting.inWords(); // no node has these
        };
    }

    @Override
    public String ofParameter(String parameter) {
        return plugin.map(id -> PARAMETERS.getOrDefault(id, Map.of()).get(parameter))
                .orElse("Parameters, " + parameter);
    }
}
