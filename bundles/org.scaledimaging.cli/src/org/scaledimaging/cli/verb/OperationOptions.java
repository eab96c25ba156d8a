package org.scaledimaging.cli.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.cli.option.Candidates;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.parameter.Parameter;
import picocli.CommandLine.Model.OptionSpec;

/** The options that an operation has on the command line: one for each of its parameters. */
final class OperationOptions {
    static final String PLUGIN = "--plugin";
    private static final String ASSIGNMENT = "-p";

    private OperationOptions() {}

    /** All that belong to an operation. */
    static List<String> names(OperationKind kind) {
        List<String> names = new ArrayList<>();
        kind.parameters().forEach(parameter -> names.add(OptionNames.option(parameter.name())));
        if (kind.runsPlugin()) {
            names.addAll(List.of(PLUGIN, ASSIGNMENT));
        }
        return names;
    }

    /** The option that has to be given for an operation, the first where there are several. */
    static Optional<String> key(OperationKind kind) {
        return kind.runsPlugin()
                ? Optional.of(PLUGIN)
                : kind.parameters().stream()
                        .filter(parameter -> parameter.defaultValue() == null)
                        .map(parameter -> OptionNames.option(parameter.name()))
                        .findFirst();
    }

    /** @param all operations of the verb; what is required has to be there if it is this one alone */
    static List<OptionSpec> of(OperationKind kind, List<OperationKind> all) {
        boolean alone = all.size() == 1;
        Optional<String> key = key(kind);
        Optional<String> first = key(all.get(0));
        List<OptionSpec> options = new ArrayList<>();
        for (Parameter parameter : kind.parameters()) {
            String name = OptionNames.option(parameter.name());
            if (alone || key.isEmpty() || key.equals(first) && first.get().equals(name)) {
                options.add(of(parameter, alone, ""));
            } else {
                options.add(of(
                        parameter,
                        false,
                        key.get().equals(name) ? "Instead of " + first.get() + ": " : "With " + key.get() + ": "));
            }
        }
        if (kind.runsPlugin()) {
            options.add(OptionSpec.builder(PLUGIN)
                    .paramLabel("ID")
                    .type(String.class)
                    .completionCandidates(new Candidates.SegmentationPlugins())
                    .description("Label by this plugin instead; 'scaled-imaging plugins' lists those for segmentation.")
                    .build());
            options.add(OptionSpec.builder(ASSIGNMENT, "--parameter")
                    .paramLabel("NAME=VALUE")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .description("With --plugin: sets a parameter of the plugin; repeatable.")
                    .build());
        }
        return options;
    }

    private static OptionSpec of(Parameter parameter, boolean alone, String condition) {
        OptionSpec.Builder option = OptionSpec.builder(OptionNames.option(parameter.name()))
                .description((condition + inside(condition, description(parameter))).replace("%", "%%"));
        if (parameter.type() == Parameter.Type.BOOLEAN) {
            return option.type(boolean.class).arity("0").build();
        }
        return option.type(String.class)
                .paramLabel(label(parameter))
                .required(alone && parameter.defaultValue() == null)
                .completionCandidates(parameter.choices().isEmpty() ? null : parameter.choices())
                .build();
    }

    /** A sentence that goes on after a condition. */
    private static String inside(String condition, String sentence) {
        return condition.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    /** What is used where the option is not given is said at the end. */
    private static String description(Parameter parameter) {
        Object usual = parameter.defaultValue();
        boolean said = usual == null || usual.equals(List.of()) || parameter.type() == Parameter.Type.BOOLEAN;
        return said
                ? parameter.description()
                : parameter.description().replaceFirst("\\.$", "") + "; "
                        + (usual instanceof Double number ? NumberList.written(number) : usual) + " if not given.";
    }

    private static String label(Parameter parameter) {
        return switch (parameter.type()) {
            case NUMBER, INTEGER -> "N";
            case INTEGERS, NUMBERS ->
                switch (parameter.axes()) {
                    case NONE -> "VALUE[,VALUE…]";
                    case EACH -> "Z,Y,X";
                    case ALL_OR_EACH -> "N|Z,Y,X";
                };
            case CHOICE, TEXT, IMAGE, BOOLEAN ->
                OptionNames.words(parameter.name()).toUpperCase(Locale.ROOT);
        };
    }
}
