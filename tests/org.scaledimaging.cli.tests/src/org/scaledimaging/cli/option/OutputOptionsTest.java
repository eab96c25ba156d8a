package org.scaledimaging.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.format.omezarr.OmeZarrWriteOptions;
import org.scaledimaging.engine.parameter.Parameter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options repeat what is declared for writing OME-Zarr. */
class OutputOptionsTest {
    private static final List<Parameter> DECLARED = OmeZarrWriteOptions.DECLARATION.parameters();

    @Test
    void eachParameterHasItsOption() {
        CommandSpec options = CommandSpec.forAnnotatedObject(new OutputOptions());
        for (Parameter parameter : DECLARED) {
            String name = "--" + parameter.name().replaceAll("([A-Z])", "-$1").toLowerCase();
            OptionSpec option = options.findOption(name);
            assertNotNull(option, name);
            String help = String.join(" ", option.description());
            for (String choice : parameter.choices()) {
                assertTrue(help.contains(choice), name + " says nothing of " + choice);
            }
            if (parameter.defaultValue() instanceof String usual) {
                assertTrue(help.endsWith(usual + " if not given."), name + " defaults to " + usual);
            }
        }
    }

    @Test
    void withoutOptionsItIsWrittenAsDeclared() throws Exception {
        assertEquals(
                OmeZarrWriteOptions.defaults(),
                new OutputOptions().settings(true).omeZarr());
    }
}
