package org.scaledimaging.cli.option;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ExecutorOptionsTest {
    @Command
    private static final class Line {
        @Mixin
        private ExecutorOptions options;
    }

    private static ExecutorOptions options(String... arguments) {
        Line line = new Line();
        new CommandLine(line).parseArgs(arguments);
        return line.options;
    }

    @Test
    void whatAnotherExecutorCannotDoIsRefused() {
        ParameterException e = assertThrows(
                ParameterException.class, () -> options("--executor=spark").refuseElsewhere("--verify", true));
        assertEquals(
                "--verify: found the executor spark, expected the executor threads, or none of it.", e.getMessage());
        assertDoesNotThrow(() -> options("--executor=spark").refuseElsewhere("--verify", false));
        assertDoesNotThrow(() -> options().refuseElsewhere("--verify", true));
    }
}
