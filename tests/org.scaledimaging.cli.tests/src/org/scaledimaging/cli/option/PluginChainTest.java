package org.scaledimaging.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Each plugin of a chain has the parameters that are given after it, and no others. */
class PluginChainTest {
    private static final PluginRegistry PLUGINS = PluginRegistry.installed();

    /** Ids, and some parameters of each with values that it accepts. */
    private static final Map<String, Map<String, List<String>>> ACCEPTED = Map.of(
            "gaussian", Map.of("sigma", List.of("3", "8", "0.5"), "mode", List.of("mirror", "wrap")),
            "background", Map.of("sigma", List.of("3", "4"), "radius", List.of("2", "7")),
            "guided-filter", Map.of("radius", List.of("1", "9")),
            "n4", Map.of("iterations", List.of("5", "7,3"), "tolerance", List.of("0.01")));

    @Command(name = "chain")
    private static final class Line {
        @Mixin
        private PluginChain chain;
    }

    private static List<ScaledProcessingPlugin> chain(List<String> arguments) throws ParameterException {
        Line line = new Line();
        new CommandLine(line).parseArgs(arguments.toArray(String[]::new));
        return line.chain.create(PLUGINS);
    }

    @Test
    void eachHasItsOwnParameters() throws Exception {
        List<ScaledProcessingPlugin> chain = chain(List.of(
                "--plugin",
                "gaussian",
                "-p",
                "sigma=8",
                "--plugin",
                "background",
                "--plugin",
                "gaussian",
                "-p",
                "sigma=3"));
        assertEquals(8, chain.get(0).parameters().number("sigma"));
        assertEquals(
                ParameterValues.of(PLUGINS.description("background"), Map.of()),
                chain.get(1).parameters());
        assertEquals(3, chain.get(2).parameters().number("sigma"));
    }

    @Test
    void anyChainIsAsWritten() throws Exception {
        Random random = new Random(13);
        List<String> ids = ACCEPTED.keySet().stream().sorted().toList();
        for (int i = 0; i < 500; i++) {
            List<String> arguments = new ArrayList<>();
            List<String> wanted = new ArrayList<>();
            List<ParameterValues> values = new ArrayList<>();
            for (int k = random.nextInt(6); k >= 0; k--) {
                String id = ids.get(random.nextInt(ids.size()));
                wanted.add(id);
                add(arguments, "--plugin", id, random);
                Map<String, String> given = new LinkedHashMap<>();
                ACCEPTED.get(id).forEach((name, accepted) -> {
                    if (random.nextBoolean()) {
                        String value = accepted.get(random.nextInt(accepted.size()));
                        given.put(name, value);
                        add(arguments, random.nextBoolean() ? "-p" : "--parameter", name + "=" + value, random);
                    }
                });
                values.add(ParameterValues.of(PLUGINS.description(id), given));
            }
            List<ScaledProcessingPlugin> chain = chain(arguments);
            assertEquals(
                    wanted,
                    chain.stream().map(plugin -> plugin.description().id()).toList(),
                    arguments::toString);
            assertEquals(
                    values,
                    chain.stream().map(ScaledProcessingPlugin::parameters).toList(),
                    arguments::toString);
        }
    }

    private static void add(List<String> arguments, String option, String value, Random random) {
        if (random.nextBoolean()) {
            arguments.add(option + "=" + value);
        } else {
            arguments.add(option);
            arguments.add(value);
        }
    }

    @Test
    void parametersBeforeAnyPluginAreRefused() {
        ParameterException e =
                assertThrows(ParameterException.class, () -> chain(List.of("-p", "sigma=8", "--plugin", "gaussian")));
        assertEquals(
                "-p: found 'sigma=8' before the first --plugin, expected it after the --plugin whose parameter it is.",
                e.getMessage());
    }

    @Test
    void aCommandLineThatIsReadTwiceBeginsAnew() throws Exception {
        Line line = new Line();
        CommandLine command = new CommandLine(line);
        command.parseArgs("--plugin", "gaussian", "-p", "sigma=8");
        command.parseArgs("--plugin", "gaussian");
        assertEquals(1, line.chain.create(PLUGINS).size());
        assertEquals(5, line.chain.create(PLUGINS).get(0).parameters().number("sigma"));
    }
}
