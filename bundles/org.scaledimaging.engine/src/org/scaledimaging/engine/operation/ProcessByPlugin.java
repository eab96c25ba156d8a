package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingDeclaration;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/**
 * Runs a plugin: its low-resolution step on the downsampled image, its full-resolution step on each block.
 *
 * @param id of the plugin
 * @param parameters by name; those not named are as before the plugin had them, else their defaults
 * @param downsampleFactor as {@link ScaledProcessingOptions} has it; empty where a voxel size is asked for instead
 * @param downsampleTo that voxel size, as {@link ScaledProcessingOptions} has it; empty where factors are given
 * @param from what the estimate is made from, as {@link ScaledProcessingOptions#estimate} has it
 * @param estimate file with what the low-resolution step yielded, where that is kept
 * @param told what the low-resolution step told when it was run, for people: how far it got, with the values of each
 *     iteration, how far the field goes
 */
public record ProcessByPlugin(
        String id,
        Map<String, Object> parameters,
        List<Integer> downsampleFactor,
        String downsampleTo,
        Map<String, String> from,
        Optional<Path> estimate,
        List<Notice> told)
        implements Operation {
    private static final String FACTOR = "downsampleFactor";
    private static final String TO = "downsampleTo";
    private static final int MOST_VALUES = 200;
    private static final MathContext DIGITS = new MathContext(4);

    /** The names of those parameters of which one is given. */
    public static final List<String> EITHER = List.of(FACTOR, TO);

    static final List<Parameter> PARAMETERS = Stream.concat(
                    Stream.of(
                            Parameter.integers(
                                            FACTOR,
                                            List.of(),
                                            1,
                                            Integer.MAX_VALUE,
                                            "",
                                            "How many voxels become one of the low-resolution image; not given where"
                                                    + " downsampleTo is.")
                                    .forAllOrEachAxis(),
                            Parameter.text(
                                    TO,
                                    "",
                                    "How large the voxels of the low-resolution image become instead, with a unit, as in"
                                            + " 4mm, or one for each axis.")),
                    ScaledProcessingDeclaration.ESTIMATE.stream())
            .toList();

    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.ofPlugin(
            ProcessByPlugin.class,
            "process",
            "Runs a plugin on a downsampled copy and applies what it yields at full resolution.",
            PARAMETERS,
            (values, plugin, parameters) -> of(plugin, parameters, values));

    public ProcessByPlugin {
        parameters = Map.copyOf(parameters);
        from = Map.copyOf(from);
        downsampleFactor = List.copyOf(downsampleFactor);
        told = told.stream().map(ProcessByPlugin::kept).toList();
    }

    /** As it is kept: values to four digits, at most 200 of them. */
    private static Notice kept(Notice notice) {
        if (notice.values().isEmpty()) {
            return Notice.information(notice.sentence());
        }
        int count = notice.values().size();
        int step = (count + MOST_VALUES - 1) / MOST_VALUES;
        List<Double> values = IntStream.iterate(0, i -> i < count, i -> i + step)
                .mapToObj(notice.values()::get)
                .filter(Double::isFinite)
                .map(value -> new BigDecimal(value).round(DIGITS).doubleValue())
                .toList();
        return Notice.course(notice.sentence(), values);
    }

    /** What operations have that run such a plugin. */
    public static List<Parameter> parametersOfKind() {
        return PARAMETERS;
    }

    private static ProcessByPlugin of(String plugin, Map<String, Object> parameters, ParameterValues values)
            throws ParameterException {
        List<Integer> factor = OperationKind.small(values.integers(FACTOR));
        String to = values.text(TO);
        if (factor.isEmpty() == to.isEmpty()) {
            throw new ParameterException(FACTOR, factor.isEmpty() ? "nothing" : TO + " as well", "it or " + TO);
        }
        if (factor.isEmpty()) {
            ScaledProcessingOptions.defaults().withDownsampleTo(to);
        }
        return new ProcessByPlugin(plugin, parameters, factor, to, from(values), Optional.empty(), List.of());
    }

    private static Map<String, String> from(ParameterValues values) throws ParameterException {
        Map<String, String> from = new HashMap<>();
        for (Parameter parameter : ScaledProcessingDeclaration.ESTIMATE) {
            from.put(parameter.name(), values.text(parameter.name()));
        }
        return ScaledProcessingOptions.defaults().withEstimate(from).estimate();
    }

    /** With an estimate of each volume, not kept, and nothing told. */
    public ProcessByPlugin(String id, Map<String, Object> parameters, List<Integer> downsampleFactor) {
        this(id, parameters, downsampleFactor, "", Map.of(), Optional.empty(), List.of());
    }

    /** The same with voxels of a size, which each image has factors of its own for; an empty text leaves the factors. */
    public ProcessByPlugin withDownsampleTo(String size) {
        return size.isEmpty() ? this : new ProcessByPlugin(id, parameters, List.of(), size, from, estimate, told);
    }

    /** The same with an estimate that is made from something else. */
    public ProcessByPlugin withFrom(Map<String, String> others) {
        return new ProcessByPlugin(id, parameters, downsampleFactor, downsampleTo, others, estimate, told);
    }

    /** The same with its estimate in a file. */
    public ProcessByPlugin withEstimate(Optional<Path> file) {
        return new ProcessByPlugin(id, parameters, downsampleFactor, downsampleTo, from, file, told);
    }

    /** The same, with what was told. */
    public ProcessByPlugin withTold(List<Notice> notices) {
        return new ProcessByPlugin(id, parameters, downsampleFactor, downsampleTo, from, estimate, notices);
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(from);
        if (downsampleTo.isEmpty()) {
            values.put(FACTOR, downsampleFactor);
        } else {
            values.put(TO, downsampleTo);
        }
        return values;
    }

    /**
     * How it is carried out, but for where its estimate is kept.
     *
     * @throws ParameterException when a value is not accepted
     */
    public ScaledProcessingOptions options() throws ParameterException {
        int[] factors = downsampleFactor.stream().mapToInt(Integer::intValue).toArray();
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults();
        options =
                downsampleTo.isEmpty() ? options.withDownsampleFactor(factors) : options.withDownsampleTo(downsampleTo);
        return options.withEstimate(from);
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
        ScaledProcessingOptions options = options();
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
