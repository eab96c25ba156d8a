package org.scaledimaging.cli.terminal;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Says what is wrong with a command line, in one sentence with what was found and what was expected. */
public final class UsageMessages {
    private UsageMessages() {}

    /** What the engine says of an option, for picocli to hand on. */
    public static CommandLine.ParameterException wrap(CommandLine command, Exception e) {
        return wrap(command, e, OptionNames.TABLE);
    }

    /** The same where settings have other names. */
    public static CommandLine.ParameterException wrap(CommandLine command, Exception e, OptionNames names) {
        String sentence = e instanceof ParameterException parameter
                ? parameter.sentence(names)
                : e instanceof IOException failure ? FileFailures.sentence(failure, names) : e.getMessage();
        return new CommandLine.ParameterException(command, sentence, e);
    }

    /** @param arguments as they were given */
    static String of(CommandLine.ParameterException e, String... arguments) {
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (e instanceof CommandLine.MissingParameterException missing) {
            return missing(missing, List.of(arguments));
        }
        if (e instanceof CommandLine.OverwrittenOptionException twice) {
            return sentence(name(twice.getOverwritten()), "it twice", "it once");
        }
        if (e.getCause() instanceof CommandLine.TypeConversionException own
                && own.getMessage().contains(": found ")) {
            return own.getMessage(); // what our converters say is such a sentence already
        }
        ArgSpec argument = e.getArgSpec();
        if (argument != null && e.getValue() != null) {
            return sentence(name(argument), e.getValue(), kind(argument));
        }
        return e.getMessage();
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String first = e.getUnmatched().get(0);
        if (first.startsWith("-")) {
            String name = first.replaceFirst("=.*", "");
            return sentence(
                    "Option",
                    first,
                    "one that " + command.qualifiedName() + " has" + NearMisses.perhaps(name, longOptions(command)));
        }
        if (!command.subcommands().isEmpty()) {
            List<String> verbs = List.copyOf(command.subcommands().keySet());
            return sentence("Verb", first, "one of " + String.join(", ", verbs) + NearMisses.perhaps(first, verbs));
        }
        String expected =
                command.positionalParameters().stream().map(ArgSpec::paramLabel).collect(Collectors.joining(" "));
        return sentence("Argument", first + " after the last", expected.isEmpty() ? "none" : expected + " and options");
    }

    private static List<String> longOptions(CommandSpec command) {
        return command.options().stream()
                .map(OptionSpec::longestName)
                .distinct()
                .toList();
    }

    private static String missing(CommandLine.MissingParameterException e, List<String> arguments) {
        List<ArgSpec> missing = e.getMissing();
        if (missing.size() == 1
                && missing.get(0) instanceof OptionSpec option
                && Arrays.stream(option.names()).anyMatch(arguments::contains)) {
            return sentence(name(option), "no value", option.paramLabel());
        }
        String expected = missing.stream()
                .filter(argument -> argument.isPositional() || argument.required())
                .map(UsageMessages::written)
                .collect(Collectors.joining(" "));
        return sentence("Arguments", "too few", "also " + expected);
    }

    private static String written(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String kind(ArgSpec argument) {
        Class<?> type = argument.type();
        if (type == Integer.class || type == int.class) {
            return "a whole number";
        }
        return type == boolean.class || type == Boolean.class ? "no value" : argument.paramLabel();
    }

    private static String sentence(String place, String found, String expected) {
        return place + ": found " + found + ", expected " + expected + ".";
    }
}
