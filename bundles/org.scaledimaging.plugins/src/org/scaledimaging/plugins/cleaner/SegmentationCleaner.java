package org.scaledimaging.plugins.cleaner;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.DescribedPlugin;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/**
 * Removal of sparse objects from a segmentation, such as rims and streaks. At low resolution, voxels above a threshold
 * that touch by a face, an edge or a corner are one object; an object whose extent, its voxels over the voxels of its
 * bounding box, is low is excluded. The field is 100 in excluded objects and 0 elsewhere; the result is 0 where the
 * interpolated field reaches a threshold, and the voxel, to the bit, everywhere else.
 */
public final class SegmentationCleaner extends DescribedPlugin implements ScaledProcessingPlugin {
    private static final String MASK_THRESHOLD = "maskThreshold";
    private static final String MAX_EXTENT = "maxExtent";
    private static final String EXCLUSION_THRESHOLD = "exclusionThreshold";
    private static final float EXCLUDED = 100;

    /** Bytes a voxel for runs of voxels and objects, where one in four voxels begins a run. */
    private static final int RUNS = 12;

    static final PluginDescription DESCRIPTION = new PluginDescription(
            "segmentation-cleaner",
            "Segmentation cleaner",
            "Removes sparse objects from a segmentation: connected at low resolution, and filling little of their bounding"
                    + " box.",
            List.of(
                    Parameter.number(
                            MASK_THRESHOLD,
                            50,
                            Double.NEGATIVE_INFINITY,
                            Double.POSITIVE_INFINITY,
                            "intensity",
                            "Low-resolution voxels above it belong to objects; 0.5 is half of a mask of 0 and 1."),
                    Parameter.number(
                            MAX_EXTENT,
                            0.15,
                            0,
                            1,
                            "",
                            "Objects are removed that fill less than this part of their bounding box."),
                    Parameter.number(
                            EXCLUSION_THRESHOLD,
                            50,
                            0,
                            100,
                            "%",
                            "A voxel becomes 0 where the exclusion, interpolated from low resolution, is at least this; at"
                                    + " 0 that is everywhere.")));

    /** This plugin, for those who list what is installed. */
    public static final PluginProvider PROVIDER =
            PluginProvider.of(DESCRIPTION, SegmentationCleaner.class, SegmentationCleaner::new);

    private final double exclusionThreshold;

    SegmentationCleaner(ParameterValues parameters) {
        super(DESCRIPTION, parameters);
        this.exclusionThreshold = parameters.number(EXCLUSION_THRESHOLD);
    }

    /**
     * @param parameters by name, those that are not to have their default
     * @throws ParameterException when one is unknown or not accepted
     */
    public SegmentationCleaner(Map<String, ?> parameters) throws ParameterException {
        this(ParameterValues.of(DESCRIPTION, parameters));
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) {
        Block voxels = image.voxels();
        Components components = Components.above(parameters().number(MASK_THRESHOLD), voxels, execution.progress());
        float[] exclusion = new float[voxels.size()];
        components.fillSparse(parameters().number(MAX_EXTENT), exclusion, EXCLUDED);
        Block field = new Block(PixelType.FLOAT32, voxels.interval(), exclusion);
        return SampledField.of(image, field.convert(voxels.pixelType()));
    }

    @Override
    public long workingMemory(ImageMetadata volume) {
        int field = volume.pixelType() == PixelType.FLOAT32 ? Float.BYTES : Float.BYTES + Double.BYTES;
        return (field + RUNS) * volume.voxels();
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        int size = block.size();
        System.arraycopy(block.voxels(), 0, result.voxels(), 0, size);
        if (block.pixelType() == PixelType.FLOAT32) {
            float[] exclusion = (float[]) field;
            float[] voxels = (float[]) result.voxels();
            for (int i = 0; i < size; i++) {
                voxels[i] = exclusion[i] >= exclusionThreshold ? 0 : voxels[i];
            }
        } else {
            double[] exclusion = (double[]) field;
            double[] voxels = (double[]) result.voxels();
            for (int i = 0; i < size; i++) {
                voxels[i] = exclusion[i] >= exclusionThreshold ? 0 : voxels[i];
            }
        }
    }
}
