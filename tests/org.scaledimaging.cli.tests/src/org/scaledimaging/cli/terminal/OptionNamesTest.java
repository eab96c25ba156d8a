package org.scaledimaging.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.Main;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.recipe.Operations;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever is wrong is said of the option that was given, by its name. */
class OptionNamesTest {
    @TempDir
    Path folder;

    private static CommandLine commandLine() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Main.commandLine(new Console(nowhere, OutputStream.nullOutputStream(), nowhere, false, () -> false));
    }

    private static Set<String> optionsOfAllVerbs() {
        Set<String> names = new TreeSet<>();
        commandLine()
                .getSubcommands()
                .values()
                .forEach(verb ->
                        verb.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names()))));
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void everySettingOfTheEngineHasAnOptionOrAVerb(Setting setting) throws Exception {
        String name = OptionNames.TABLE.of(setting);
        if (name.startsWith("'scaled-imaging ")) {
            String verb = name.substring("'scaled-imaging ".length(), name.length() - 1);
            assertTrue(commandLine().getSubcommands().containsKey(verb), name);
        } else if (setting == Setting.MEMORY) { // before Java starts: an option of the launcher
            Path launcher =
                    Path.of(System.getProperty("project.root"), "bundles/org.scaledimaging.cli/launch/start.bash");
            assertTrue(Files.readString(launcher).contains(name), name);
        } else {
            assertTrue(optionsOfAllVerbs().contains(name), name);
        }
    }

    /** What an option takes that no option does. */
    private static final String NONSENSE = "no\u2603sense";

    /** Those whose value is a place, which the sentence names instead, or starts with. */
    private static final Set<String> PLACES =
            Set.of("--save-field", "--temp-zarr-path", "--plugin-path", "--output-dir", "--report-dir", "--labels");

    @Test
    void aValueThatCannotBeMeantIsSaidOfItsOption() throws Exception {
        Path input = Samples.omeZarr(folder);
        int options = 0;
        for (Map.Entry<String, CommandLine> verb :
                commandLine().getSubcommands().entrySet()) {
            for (OptionSpec option : verb.getValue().getCommandSpec().options()) {
                boolean image =
                        verb.getKey().equals("report") && !option.longestName().equals("--index");
                if (option.arity().max() == 0 || image || PLACES.contains(option.longestName())) {
                    continue;
                }
                List<Object> arguments = required(verb.getKey(), input, option.longestName());
                arguments.add(option.longestName() + "=" + NONSENSE);
                Run run = Run.of(arguments.toArray());
                assertNotEquals(0, run.exitCode(), () -> arguments + run.err());
                String name = option.longestName().equals("--parameter") ? "-p" : option.longestName();
                assertTrue(run.err().startsWith("scaled-imaging: " + name + ": found "), () -> arguments + run.err());
                if (!verb.getKey().equals("run")) { // which sums up what failed
                    assertEquals(1, run.err().lines().count(), run.err());
                }
                options++;
            }
        }
        assertTrue(options > 60, options + " options");
    }

    private static final Set<String> WITHOUT_IMAGE = Set.of("plugins", "help", "completion");

    private List<Object> required(String verb, Path input, String without) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(verb));
        if (verb.equals("completion")) {
            arguments.add("bash");
        }
        if (WITHOUT_IMAGE.contains(verb)) {
            return arguments;
        }
        if (verb.equals("run")) {
            arguments.add(Files.writeString(folder.resolve("recipe.json"), "{\"version\":1,\"operations\":[]}"));
        }
        arguments.add(without.equals("--bids") ? folder : input);
        if (!Set.of("run", "info", "statistics", "clean", "serve").contains(verb)) {
            Path png = folder.resolve("out.png");
            Path output = verb.equals("picture") ? png : folder.resolve("out.ome.zarr");
            arguments.add(verb.equals("report") ? input : output);
        }
        if (verb.equals("report")) {
            arguments.add(folder.resolve("out.html"));
        }
        Map<String, List<String>> more = Map.of(
                "process", List.of("--plugin=gaussian"),
                "convert", List.of(),
                "crop", List.of("--from=0,0,0", "--to=2,2,2"),
                "downsample", List.of("--factor=2"),
                "upsample", List.of("--factor=2"),
                "run", List.of("--output-dir=" + folder.resolve("out")),
                "apply", List.of("--field=" + input));
        for (String option : more.getOrDefault(verb, needed(verb))) {
            boolean instead = option.startsWith("--factor") && without.equals("--shape");
            if (!option.startsWith(without + "=") && !instead) {
                arguments.add(option);
            }
        }
        if (verb.equals("segment") && without.equals("--parameter")) {
            arguments.add("--plugin=nothing");
        }
        if (without.equals("--master")) {
            arguments.add("--executor=threads");
        }
        return arguments;
    }

    /** A number for each option that is needed by the operation of a verb's name. */
    private static List<String> needed(String verb) {
        return Operations.named(verb).stream()
                .flatMap(kind -> kind.parameters().stream())
                .filter(parameter -> parameter.defaultValue() == null)
                .map(parameter -> "--" + OptionNames.words(parameter.name()) + "=1")
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--plugin N4;--plugin: found 'N4', expected one of;, perhaps n4.;process --help",
                "--plugin gaussian -p sgima=3;-p sgima: found;one of sigma, mode;, perhaps sigma.;plugins gaussian",
                "--plugin gaussian -p mode=Wrap;-p mode: found 'Wrap';, perhaps wrap.;plugins gaussian",
                "--plugin gaussian -p sigma=-1;-p sigma: found -1;0 to 1000;plugins gaussian",
                "--plugin gaussian --downsample-factr 4;found --downsample-factr;, perhaps --downsample-factor.",
                "--plugin gaussian --output-type UINT8;--output-type: found 'UINT8';, perhaps uint8.",
                "--plugin gaussian --codec zst;--codec: found 'zst';, perhaps zstd.",
                "--plugin gaussian --executor thread;--executor: found 'thread'"
            })
    void nearMissesAreSuggested(String line) throws Exception {
        String[] parts = line.split(";");
        List<Object> arguments =
                new ArrayList<>(List.of("process", Samples.nifti(folder), folder.resolve("out.ome.zarr")));
        arguments.addAll(List.of(parts[0].split(" ")));
        Run.of(arguments.toArray()).refused(2, List.of(parts).subList(1, parts.length));
    }

    @Test
    void aPluginOfAnotherKindIsSaidToBeOne() {
        Run.of("segment", "a", "b.nii", "--plugin", "gaussian")
                .refused(2, List.of("--plugin: found 'gaussian', which 'scaled-imaging process' runs", "segmentation"));
        Run.of("proces", "a").refused(2, List.of("Verb: found proces", ", perhaps process."));
    }

    @Test
    void anExistingTargetSaysHowToReplaceIt() throws Exception {
        Path input = Samples.nifti(folder);
        Run.of("convert", input, Samples.omeZarr(folder)).refused(1, List.of("an existing folder", "or --overwrite."));
    }
}
