package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.scaledimaging.cli.terminal.Console;
import picocli.CommandLine;

/** Verbs are made when they are wanted, and are then what they are among all. */
class VerbsTest {
    private static Map<String, CommandLine> all() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Main.commandLine(new Console(nowhere, OutputStream.nullOutputStream(), nowhere, false, () -> false))
                .getSubcommands();
    }

    @Test
    void eachIsListedByItsOwnName() {
        all().forEach((name, verb) -> assertEquals(
                verb.getCommandSpec().name(), name, verb.getCommand().toString()));
        assertEquals(List.copyOf(Verbs.names()), List.copyOf(all().keySet()));
    }

    @Test
    void theFirstArgumentAloneIsMade() {
        assertEquals(Set.of("info"), Verbs.namesFor("info", "process"));
        assertEquals(Verbs.names(), Verbs.namesFor("help", "info"));
        assertEquals(Verbs.names(), Verbs.namesFor("completion"));
        assertEquals(Verbs.names(), Verbs.namesFor("--plugin-path", "x.jar", "info"));
        assertEquals(Verbs.names(), Verbs.namesFor("inof", "brain.nii"));
        assertEquals(Verbs.names(), Verbs.namesFor());
    }

    @Test
    void aVerbMadeAloneSaysOfItselfWhatItSaysAmongAll() {
        for (String name : Verbs.names()) {
            assertEquals(
                    Run.of("help", name).done().out(),
                    Run.of(name, "--help").done().out(),
                    name);
        }
    }
}
