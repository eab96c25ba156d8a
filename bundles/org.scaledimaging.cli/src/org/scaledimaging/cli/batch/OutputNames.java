package org.scaledimaging.cli.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;

/** Names the results of a batch by a pattern with names in braces. */
final class OutputNames {
    /** What a pattern may name. */
    static final List<String> NAMES = List.of("name", "number");

    private static final Pattern IN_BRACES = Pattern.compile("\\{([^{}]*)\\}");

    private final ImageLocation folder;
    private final String pattern;

    /** @throws ParameterException when the pattern names something else, or is more than a name */
    OutputNames(ImageLocation folder, String pattern) throws ParameterException {
        this.folder = folder;
        this.pattern = pattern;
        Matcher names = IN_BRACES.matcher(pattern);
        boolean any = false;
        while (names.find()) {
            any = true;
            if (!NAMES.contains(names.group(1))) {
                throw new ParameterException(
                        "--name",
                        Given.shown("{" + names.group(1) + "}"),
                        "{name} or {number}" + NearMisses.perhaps(names.group(1), NAMES));
            }
        }
        if (!any) {
            throw new ParameterException(
                    "--name",
                    Given.shown(pattern),
                    "{name} or {number} in it, so that results have names of their own");
        }
        if (pattern.contains("/") || pattern.contains("\\")) {
            throw new ParameterException(
                    "--name", Given.shown(pattern), "a name without folders; --output-dir names the folder");
        }
    }

    /**
     * Where the results go, by their inputs, in the same order.
     *
     * @throws ParameterException when two inputs would have the same
     */
    Map<BatchInputs.Input, ImageLocation> of(List<BatchInputs.Input> inputs) throws ParameterException {
        Map<BatchInputs.Input, ImageLocation> outputs = new LinkedHashMap<>();
        Map<String, BatchInputs.Input> taken = new LinkedHashMap<>();
        int number = 1;
        for (BatchInputs.Input input : inputs) {
            String name = pattern.replace("{name}", input.name()).replace("{number}", Integer.toString(number++));
            String below = input.folder().toString().replace('\\', '/');
            ImageLocation output = (below.isEmpty() ? folder : folder.inside(below)).inside(name);
            String place = output.path()
                    .map(path -> path.toAbsolutePath().normalize().toString())
                    .orElse(output.toString());
            BatchInputs.Input other = taken.putIfAbsent(place, input);
            if (other != null) {
                throw new ParameterException(
                        "--name",
                        pattern + ", by which " + other.location() + " and " + input.location() + " both become "
                                + output,
                        "a name that tells them apart, as with {number}");
            }
            outputs.put(input, output);
        }
        return outputs;
    }
}
