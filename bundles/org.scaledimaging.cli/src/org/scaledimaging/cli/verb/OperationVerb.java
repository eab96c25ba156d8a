package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scaledimaging.cli.option.Assignments;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.segmentation.Segmentation;
import picocli.CommandLine.Mixin;

/**
 * Writes what an operation makes of an image. Options come from the operation's parameters. A verb of several operations
 * does the one whose first required option is given, or else the one that requires none.
 */
class OperationVerb extends Verb {
    private final List<OperationKind> kinds;

    @Mixin
    private Rewriting rewriting;

    /** @param kinds that the verb does; none to write the image as it is */
    OperationVerb(Console console, List<OperationKind> kinds) {
        super(console);
        this.kinds = kinds;
    }

    @Override
    public Integer call() throws Exception {
        return rewriting.run(console, this::operation, OperationVerb::thresholds);
    }

    /** Understands the options. */
    Rewriting.Operation operation() throws ParameterException {
        if (kinds.isEmpty()) {
            return (image, execution) -> image;
        }
        OperationKind kind = chosen();
        for (OperationKind other : kinds) {
            refuseOptions(other, kind);
        }
        if (kind.runsPlugin()) {
            String id = given(OperationOptions.PLUGIN);
            List<String> assignments = spec.commandLine().getParseResult().matchedOptionValue("-p", List.of());
            SegmentationPlugin plugin =
                    PluginRegistry.installed().create(SegmentationPlugin.class, id, Assignments.parse(id, assignments));
            return (image, execution) -> image.segment(plugin);
        }
        Operation operation = kind.make(values(kind, kind.parameters()));
        operation.check();
        return (image, execution) -> {
            try {
                return image.apply(operation, execution);
            } catch (ParameterException e) {
                throw new ParameterException(e.sentence(OptionNames.OF_OPERATION));
            }
        };
    }

    /** What is given for parameters. */
    ParameterValues values(OperationKind kind, List<Parameter> parameters) throws ParameterException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Object value = given(OptionNames.option(parameter.name()));
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        try {
            return ParameterValues.of(kind.withParameters(parameters), values);
        } catch (ParameterException e) {
            throw new ParameterException(e.sentence(OptionNames.OF_OPERATION));
        }
    }

    private OperationKind chosen() throws ParameterException {
        List<OperationKind> wanted = kinds.stream()
                .filter(kind -> OperationOptions.key(kind).filter(this::isGiven).isPresent())
                .toList();
        List<OperationKind> usual = kinds.stream()
                .filter(kind -> OperationOptions.key(kind).isEmpty())
                .toList();
        if (wanted.size() == 1 || wanted.isEmpty() && usual.size() == 1) {
            return wanted.isEmpty() ? usual.get(0) : wanted.get(0);
        }
        String keys = (wanted.isEmpty() ? kinds : wanted)
                .stream().flatMap(kind -> OperationOptions.key(kind).stream()).collect(Collectors.joining(" or "));
        throw new ParameterException(keys, wanted.isEmpty() ? "neither" : "both", "one of them");
    }

    /** Options of an operation are given with it alone. */
    private void refuseOptions(OperationKind kind, OperationKind chosen) throws ParameterException {
        List<String> allowed = OperationOptions.names(chosen);
        for (String option : OperationOptions.names(kind)) {
            if (isGiven(option) && !allowed.contains(option)) {
                String with = OperationOptions.key(chosen)
                        .map(key -> "it along with " + key)
                        .orElse("it alone");
                String expected = OperationOptions.key(kind)
                        .map(key -> key + " along with it")
                        .orElseGet(() ->
                                "it without " + OperationOptions.key(chosen).orElseThrow());
                throw new ParameterException(option, with, expected);
            }
        }
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private <T> T given(String option) {
        return spec.commandLine().getParseResult().matchedOptionValue(option, null);
    }

    /** Which thresholds were found, so that they can be judged and given again. */
    private static List<String> thresholds(Image labels) throws IOException {
        List<String> lines = new ArrayList<>();
        int channel = 0;
        List<List<Double>> channels = Segmentation.thresholdsOf(labels.source());
        for (List<Double> values : channels) {
            String where = channels.size() == 1 ? "" : " of channel " + channel++;
            lines.add("Thresholds" + where + ": "
                    + values.stream().map(NumberList::written).collect(Collectors.joining(",")));
        }
        return lines;
    }
}
