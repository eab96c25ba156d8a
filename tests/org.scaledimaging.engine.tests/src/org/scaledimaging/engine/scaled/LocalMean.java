package org.scaledimaging.engine.scaled;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** A test plugin with a field of two channels: the low-resolution image and that plus 1. Adds both, times "gain". */
public final class LocalMean implements ScaledProcessingPlugin {
    public static final PluginDescription DESCRIPTION = new PluginDescription(
            "local-mean",
            "Local mean",
            "For tests.",
            List.of(
                    Parameter.number("gain", 1, -10, 10, "", "What to multiply by."),
                    Parameter.integers("levels", List.of(50L), 1, 100, "", "Not used."),
                    Parameter.bool("flag", false, "Not used."),
                    Parameter.choice("mode", "one", List.of("one", "two"), "Not used.")));

    public static final PluginProvider PROVIDER = new PluginProvider() {
        @Override
        public PluginDescription description() {
            return DESCRIPTION;
        }

        @Override
        public Class<? extends ScaledProcessingPlugin> pluginClass() {
            return LocalMean.class;
        }

        @Override
        public ScaledProcessingPlugin create(ParameterValues parameters) {
            return new LocalMean(parameters);
        }
    };

    private final ParameterValues parameters;

    LocalMean(ParameterValues parameters) {
        this.parameters = parameters;
    }

    public static LocalMean withGain(double gain) throws ParameterException {
        return new LocalMean(ParameterValues.of(DESCRIPTION, Map.of("gain", gain)));
    }

    @Override
    public PluginDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ParameterValues parameters() {
        return parameters;
    }

    @Override
    public int fieldChannels() {
        return 2;
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) {
        Block more = Block.allocate(image.voxels().pixelType(), image.voxels().interval());
        for (int i = 0; i < more.size(); i++) {
            if (more.voxels() instanceof float[] values) {
                values[i] = ((float[]) image.voxels().voxels())[i] + 1;
            } else {
                ((double[]) more.voxels())[i] = ((double[]) image.voxels().voxels())[i] + 1;
            }
        }
        return SampledField.of(image, image.voxels(), more);
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        double gain = parameters.number("gain");
        int size = block.size();
        for (int i = 0; i < size; i++) {
            if (block.voxels() instanceof float[] voxels) {
                float[] values = (float[]) field;
                ((float[]) result.voxels())[i] = (float) gain * (voxels[i] + values[i] + values[size + i]);
            } else {
                double[] values = (double[]) field;
                ((double[]) result.voxels())[i] =
                        gain * (((double[]) block.voxels())[i] + values[i] + values[size + i]);
            }
        }
    }
}
