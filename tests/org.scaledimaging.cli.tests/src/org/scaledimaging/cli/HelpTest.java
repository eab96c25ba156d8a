package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.terminal.Console;

/** The command line tells people and shells about itself. */
class HelpTest {
    private static final int COLUMNS = 100;

    @TempDir
    Path folder;

    static Set<String> verbs() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Main.commandLine(new Console(nowhere, OutputStream.nullOutputStream(), nowhere, false, () -> false))
                .getSubcommands()
                .keySet();
    }

    @Test
    void helpOfAVerbIsThatOfItsOption() {
        assertEquals(Run.of("--help").done().out(), Run.of("help").done().out());
        for (String verb : verbs()) {
            String text = Run.of("help", verb).done().out();
            assertEquals(Run.of(verb, "--help").done().out(), text);
            assertTrue(text.startsWith("Usage: scaled-imaging " + verb), text);
            assertTrue(text.lines().allMatch(line -> line.length() <= COLUMNS), text);
            assertTrue(text.contains("Example"), text);
        }
    }

    @Test
    void exitCodesAreToldAsOnTheirPages() throws IOException {
        String told = Run.of("help").done().out().replaceAll("\\s+", " ");
        String codes = told.replaceFirst(".*Exit codes: ", "").replaceFirst("\\..*", "");
        assertEquals("0 1 2 130 143", codes.replaceAll("\\D+", " ").strip(), codes);
        String page = Files.readString(PageCommands.ROOT.resolve("docs/command-line.md"));
        String manual = Files.readString(PageCommands.ROOT.resolve(
                "bundles/org.scaledimaging.distribution/src/org/scaledimaging/distribution/ManualPages.java"));
        for (String code : codes.split("; ")) {
            assertTrue(page.contains(code), code);
            assertTrue(manual.contains("*" + code.replaceFirst(" .*", "") + "*"), code);
        }
    }

    @Test
    void whatThereIsNoHelpFor() {
        Run.of("help", "segmnt").refused(2, List.of("VERB: found 'segmnt', expected one of", ", perhaps segment."));
        Run.of("completion", "tcsh").refused(2, List.of("SHELL: found 'tcsh', expected bash, zsh or fish"));
        Run.of("completion").refused(2, List.of("expected also SHELL"));
    }

    @ParameterizedTest
    @CsvSource({
        "scaled-imaging proc, process",
        "scaled-imaging s, serve segment subtract statistics",
        "scaled-imaging process a b --plugin ga, gaussian",
        "scaled-imaging process a b --plugin gaussian --downsample-f, --downsample-factor",
        "scaled-imaging convert a b --output-type ui, uint8 uint16 uint32 uint64",
        "scaled-imaging convert a b --codec z, zstd zlib",
        "scaled-imaging plugins norm, normalize",
        "scaled-imaging completion z, zsh"
    })
    void bashCompletes(String line, String expected) throws Exception {
        assertEquals(expected, completed(line));
    }

    /** Whatever fish makes of it: each verb and option has a line, and each value that is known. */
    @Test
    void fishIsToldAllVerbsOptionsAndValues() {
        List<String> lines = Run.of("completion", "fish").done().out().lines().toList();
        for (String verb : Verbs.names()) {
            assertEquals(
                    1,
                    lines.stream()
                            .filter(line -> line.contains(" -a " + verb + " -d '"))
                            .count(),
                    verb);
        }
        String process = "complete -c scaled-imaging -n '__fish_seen_subcommand_from process' ";
        assertTrue(
                lines.contains(
                        process + "-l overwrite -d 'Replace what is there already, once the new one is complete'"),
                lines.toString());
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith(process + "-l plugin -x -a '") && line.contains(" n4 ")),
                lines.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "scaled-imaging proc, process",
        "scaled-imaging process a b --plugin ga, gaussian",
        "scaled-imaging convert a b --output-type ui, uint8 uint16 uint32 uint64",
        "scaled-imaging completion z, zsh"
    })
    void fishCompletes(String line, String expected) throws Exception {
        Path script = Files.writeString(
                folder.resolve("completion.fish"),
                Run.of("completion", "fish").done().out());
        // what is offered, without descriptions and without files
        String asked = "source " + script + "; complete -C'" + line + "' | string split -f1 \\t";
        assertEquals(expected, told("fish", asked).replace('\n', ' '));
    }

    /** Where the script offers nothing, bash offers files, unless the script tells it not to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scaled-imaging info head",
                "scaled-imaging process head",
                "scaled-imaging convert a b",
                "scaled-imaging process a b --plugin n4 --mask m"
            })
    void bashIsLeftToCompleteFiles(String line) throws Exception {
        assertEquals("", completed(line));
    }

    /** What bash, once it has read the script, offers for the last word of a line. */
    private String completed(String line) throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("completion.sh"),
                Run.of("completion", "bash").done().out());
        String asked = "compopt() { echo \"compopt $*\"; }; source " + script + "; COMP_WORDS=(" + line
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_scaled-imaging; echo \"${COMPREPLY[@]}\"";
        return told("bash", asked);
    }

    private static String told(String shell, String asked) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                List.of("/bin/", "/usr/bin/").stream().anyMatch(bin -> Files.exists(Path.of(bin + shell))),
                "skipped: no " + shell + " here");
        Process process =
                new ProcessBuilder(shell, "-c", asked).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return told.strip();
    }
}
