package org.scaledimaging.engine.operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.segmentation.Segmentation;

/**
 * Labels voxels by a segmentation plugin.
 *
 * @param id of the plugin
 * @param parameters by name; those not named are as before the plugin had them, else their defaults
 */
public record SegmentByPlugin(String id, Map<String, Object> parameters) implements Operation {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.ofPlugin(
            SegmentByPlugin.class,
            "segment",
            "Labels voxels by a segmentation plugin.",
            List.of(),
            (values, plugin, parameters) -> new SegmentByPlugin(plugin, parameters));

    public SegmentByPlugin {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public Map<String, Object> values() {
        return Map.of();
    }

    @Override
    public Optional<String> plugin() {
        return Optional.of(id);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        SegmentationPlugin made = run.plugin(SegmentationPlugin.class, id, parameters);
        return Segmentation.segment(image, made, () -> run.images().check(parameters));
    }

    @Override
    public Effect effect() {
        return Effect.LABELS;
    }
}
