package org.scaledimaging.knime.setting;

import java.util.Optional;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.knime.setting.choice.NumberPersistor;
import org.scaledimaging.knime.setting.plugin.Declared;
import org.scaledimaging.knime.setting.plugin.PluginParameters;

/**
 * The names of the engine's settings in dialogs: the titles of their widgets.
 *
 * @param plugin the plugin whose parameters a sentence mentions
 */
public record Titles(Optional<String> plugin) implements Setting.Names {
    public static final String IF_EXISTS = "If it exists";
    public static final String LABELS_BESIDE = "With labels";

    @Override
    public String of(Setting setting) {
        return switch (setting) {
            case LEVEL -> LoadImageParameters.LEVEL_TITLE;
            case CHANNEL -> LoadImageParameters.CHANNEL_TITLE;
            case TIME_POINT -> LoadImageParameters.TIME_TITLE;
            case DOWNSAMPLE_FACTOR -> "Downsample factor";
            case CHUNK_SIZE, CHUNKS -> "Chunk size (voxels)";
            case TEMPORARY_OME_ZARR -> "Temporary OME-Zarr";
            case FACTOR -> "Factor";
            case THRESHOLDS -> "Thresholds";
            case CLASSES -> "Classes";
            case BINS -> "Histogram bins";
            case LOCAL_BLOCK -> "Block size (voxels)";
            case PERCENTILES -> "Percentiles";
            case PLUGIN -> "Plugin";
            case OVERWRITE -> IF_EXISTS + ": Overwrite";
            case VERIFY -> "Verify";
            case NO_SIDECAR -> "No sidecar";
            case KEEP_BITS -> NumberPersistor.KEEP_BITS_TITLE;
            case WITH_LABELS -> LABELS_BESIDE;
            case MEMORY -> "memory (-Xmx in knime.ini)";
            case OUTPUT_TYPE -> "Pixel type";
            case OME_ZARR_VERSION -> "OME-Zarr version";
            case SHARDS -> "Shard size (voxels)";
            case CODEC -> "Codec";
            case LEVELS -> NumberPersistor.LEVELS_TITLE;
            case PYRAMID -> "Pyramid";
            case SCALED_PROCESSING -> "the node Scaled Processing";
            case SEGMENTATION -> "the node Segment Image";
            case DOWNSAMPLE_TO -> EstimateParameters.SIZE_TITLE;
            case ESTIMATE_FROM -> EstimateParameters.FROM_TITLE;
            case SHARE -> EstimateParameters.SHARE_TITLE;
            case MASK -> EstimateParameters.MASK_TITLE;
            case AXES -> LoadImageParameters.AXES_TITLE;
            case PAGES -> LoadImageParameters.PAGES_TITLE;
            case VOXEL_SIZE -> LoadImageParameters.VOXEL_SIZE_TITLE;
            case UNIT -> LoadImageParameters.UNIT_TITLE;
            case SERIES -> NumberPersistor.SERIES_TITLE;
            case WELL -> LoadImageParameters.WELL_TITLE;
            case FIELD_OF_VIEW -> NumberPersistor.FIELD_TITLE;
            case APPLY_MASK -> EstimateParameters.APPLY_MASK_TITLE;
            case ON_CHANNELS -> EstimateParameters.CHANNELS_TITLE;
            case FIELD -> "Field";
            case SHAPE, CROP_FROM, CROP_TO, EXECUTOR, MASTER -> setting.inWords(); // no node has these
        };
    }

    @Override
    public String ofParameter(String parameter) {
        return plugin.map(PluginChoice.WIDGETS::get)
                .flatMap(widgets -> PluginParameters.title(widgets, parameter))
                .or(() -> plugin.flatMap(id -> Declared.title(id, parameter)))
                .orElse("Parameters, " + parameter);
    }
}
