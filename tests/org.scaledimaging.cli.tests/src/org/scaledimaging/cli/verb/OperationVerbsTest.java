package org.scaledimaging.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.recipe.Operations;
import org.scaledimaging.engine.parameter.Parameter;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever is declared of an operation can be set on the command line. */
class OperationVerbsTest {
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    @Test
    void eachParameterIsAnOptionOfItsVerb() {
        Set<OptionSpec> options = new HashSet<>();
        Console console = new Console(NOWHERE, OutputStream.nullOutputStream(), NOWHERE, false, () -> false);
        for (String name : OperationVerbs.names()) {
            options.addAll(OperationVerbs.named(console, name).getCommandSpec().options());
        }
        Set<String> names = options.stream().map(OptionSpec::longestName).collect(Collectors.toSet());
        for (OperationKind kind : Operations.ALL) {
            for (Parameter parameter : kind.parameters()) {
                if (!OperationVerbs.ELSEWHERE.contains(kind.id())) {
                    assertTrue(names.contains(OptionNames.option(parameter.name())), kind.id() + ": " + parameter);
                }
            }
        }
    }

    @Test
    void whatIsNoVerbIsAnOperation() {
        Set<String> ids = Operations.ALL.stream().map(OperationKind::id).collect(Collectors.toSet());
        assertTrue(ids.containsAll(OperationVerbs.ELSEWHERE), ids::toString);
        assertEquals("--local-block", OptionNames.option("localBlock"));
    }
}
