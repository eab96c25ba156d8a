package org.scaledimaging.engine.scaled.lowres;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.LowResolutionVolumes;
import org.scaledimaging.engine.plugin.PluginFailure;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** Calls a plugin's steps; what they throw becomes a {@link PluginFailure}. */
public final class PluginSteps {
    private PluginSteps() {}

    /** @param image whose voxels the plugin may change */
    static Field lowRes(ScaledProcessingPlugin plugin, LowResolutionImage image, Execution execution)
            throws IOException, ParameterException {
        try {
            return Objects.requireNonNull(plugin.lowRes(image, execution), "no field");
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "low-resolution step", e);
        }
    }

    /**
     * The fields of all volumes, one each, in their order.
     *
     * @throws PluginFailure when the plugin throws what is its own fault, or yields fewer or more
     */
    public static List<Field> lowResOfAll(
            ScaledProcessingPlugin plugin, LowResolutionVolumes volumes, Execution execution)
            throws IOException, ParameterException {
        try {
            List<Field> found = plugin.lowResOfAll(volumes, execution);
            if (found.size() != volumes.count()) {
                throw new IllegalStateException(found.size() + " fields for " + volumes.count() + " volumes");
            }
            return found;
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "low-resolution step", e);
        }
    }

    /** How often the plugin goes over the low-resolution image, for the progress. */
    public static double passes(ScaledProcessingPlugin plugin) throws IOException {
        try {
            return plugin.passes();
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "number of passes", e);
        }
    }

    /** A field made again of its coefficients. */
    static Field field(ScaledProcessingPlugin plugin, LowResolutionImage image, List<Block> coefficients)
            throws IOException, ParameterException {
        try {
            return Objects.requireNonNull(plugin.field(image, coefficients), "no field");
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "making of a field from its coefficients", e);
        }
    }
}
