package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/**
 * Runs a plugin: its low-resolution step on the downsampled image, its full-resolution step on each block.
 *
 * @param id of the plugin
 * @param parameters by name; those not named are as before the plugin had them, else their defaults
 * @param downsampleFactor as {@link ScaledProcessingOptions} has it
 * @param from what the estimate is made from, as {@link ScaledProcessingOptions#estimate} has it
 * @param estimate file with what the low-resolution step yielded, where that is kept
 * @param told what the low-resolution step told when it was run, a sentence each, for people: how far it got, how far the
 *     field goes
 */
public record ProcessByPlugin(
        String id,
        Map<String, Object> parameters,
        List<Integer> downsampleFactor,
        Map<String, String> from,
        Optional<Path> estimate,
        List<String> told)
        implements Operation {
    static final List<Parameter> PARAMETERS = Stream.concat(
                    Stream.of(Parameter.integers(
                                    "downsampleFactor",
                                    List.of(),
                                    1,
                                    Integer.MAX_VALUE,
                                    "",
                                    "How many voxels become one of the low-resolution image.")
                            .forAllOrEachAxis()
                            .required()),
                    ScaledProcessingOptions.ESTIMATE.stream())
            .toList();

    static final OperationKind KIND = OperationKind.ofPlugin(
            "process",
            "Runs a plugin on a downsampled copy and applies what it yields at full resolution.",
            PARAMETERS,
            (values, plugin, parameters) -> new ProcessByPlugin(
                    plugin,
                    parameters,
                    OperationKind.small(values.integers("downsampleFactor")),
                    from(values),
                    Optional.empty(),
                    List.of()));

    public ProcessByPlugin {
        parameters = Map.copyOf(parameters);
        from = Map.copyOf(from);
        downsampleFactor = List.copyOf(downsampleFactor);
        told = List.copyOf(told);
    }

    private static Map<String, String> from(ParameterValues values) throws ParameterException {
        Map<String, String> from = new HashMap<>();
        for (Parameter parameter : ScaledProcessingOptions.ESTIMATE) {
            from.put(parameter.name(), values.text(parameter.name()));
        }
        return ScaledProcessingOptions.defaults().withEstimate(from).estimate();
    }

    /** With an estimate of each volume, not kept, and nothing told. */
    public ProcessByPlugin(String id, Map<String, Object> parameters, List<Integer> downsampleFactor) {
        this(id, parameters, downsampleFactor, Map.of(), Optional.empty(), List.of());
    }

    /** The same with an estimate that is made from something else. */
    public ProcessByPlugin withFrom(Map<String, String> others) {
        return new ProcessByPlugin(id, parameters, downsampleFactor, others, estimate, told);
    }

    /** The same with its estimate in a file. */
    public ProcessByPlugin withEstimate(Optional<Path> file) {
        return new ProcessByPlugin(id, parameters, downsampleFactor, from, file, told);
    }

    /** The same, with what was told. */
    public ProcessByPlugin withTold(List<String> sentences) {
        return new ProcessByPlugin(id, parameters, downsampleFactor, from, estimate, sentences);
    }

    @Override
    public OperationKind kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(from);
        values.put("downsampleFactor", downsampleFactor);
        return values;
    }

    @Override
    public Optional<String> plugin() {
        return Optional.of(id);
    }

    @Override
    public Map<String, Object> images() {
        Map<String, Object> images = new HashMap<>(parameters);
        from.forEach((name, value) -> images.put("process." + name, value));
        return images;
    }

    @Override
    public Optional<ProcessByPlugin> process() {
        return Optional.of(this);
    }

    @Override
    public Operation withProcess(ProcessByPlugin process) {
        return process;
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws IOException, ParameterException {
        return apply(image, run).image();
    }

    /** The image with the plugin applied, and the field. */
    ScaledProcessing.Result apply(ImageSource image, Run run) throws IOException, ParameterException {
        int[] factors = downsampleFactor.stream().mapToInt(Integer::intValue).toArray();
        ScaledProcessingOptions options =
                ScaledProcessingOptions.defaults().withDownsampleFactor(factors).withEstimate(from);
        if (estimate.isPresent()) {
            options = options.withEstimateFile(estimate.get());
        }
        ScaledProcessingPlugin made = run.plugin(ScaledProcessingPlugin.class, id, parameters);
        boolean estimated = estimate.filter(Files::exists).isPresent();
        ScaledProcessing.Result result =
                ScaledProcessing.apply(image, Optional.empty(), made, options, run.opener(), run.execution());
        if (!estimated) { // only the estimate needs its images: they may be gone once it is kept
            run.images().check(images());
        }
        return result;
    }

    @Override
    public Effect effect() {
        return Effect.COMPUTED;
    }
}
