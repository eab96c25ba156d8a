package org.scaledimaging.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.scaled.ScaledProcessingDeclaration;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options repeat what is declared for writing OME-Zarr and for scaled processing. */
class DeclaredOptionsTest {

    @Test
    void eachParameterOfWritingHasItsOption() {
        compare(new OutputOptions(), OmeZarrWriteOptions.DECLARATION.parameters());
    }

    @Test
    void eachParameterOfWritingOmeTiffHasTheSameOptionAsThatOfOmeZarr() {
        CommandSpec options = CommandSpec.forAnnotatedObject(new OutputOptions());
        for (Parameter parameter : TiffWriteOptions.DECLARATION.parameters()) {
            compare(options, parameter);
        }
    }

    @Test
    void eachParameterOfScaledProcessingHasItsOption() {
        List<Parameter> ofEachPlugin = ScaledProcessingDeclaration.PARAMETERS.stream()
                .filter(parameter -> parameter.name().equals(ScaledProcessingDeclaration.ON_CHANNELS))
                .toList();
        List<Parameter> ofAll = new ArrayList<>(ScaledProcessingDeclaration.PARAMETERS);
        ofAll.removeAll(ofEachPlugin);
        compare(new ScalingOptions(), ofAll);
        compare(new PluginChain(), ofEachPlugin);
    }

    /** Options that no such parameter belongs to: the result's type, NIfTI's sidecar and unit; plugins and their parameters. */
    private static int others(Object annotated) {
        return annotated instanceof OutputOptions ? 3 : annotated instanceof PluginChain ? 2 : 0;
    }

    private static void compare(Object annotated, List<Parameter> declared) {
        CommandSpec options = CommandSpec.forAnnotatedObject(annotated);
        assertEquals(declared.size(), options.options().size() - others(annotated));
        declared.forEach(parameter -> compare(options, parameter));
    }

    private static void compare(CommandSpec options, Parameter parameter) {
        String name = "--" + parameter.name().replaceAll("([A-Z])", "-$1").toLowerCase();
        OptionSpec option = options.findOption(name);
        assertNotNull(option, name);
        String help = String.join(" ", option.description());
        String begin = parameter.description().replaceAll("[:;,.(].*", "");
        assertTrue(
                parameter.type() == Parameter.Type.BOOLEAN // an option says what to do, a parameter whether
                        || help.toLowerCase(Locale.ROOT).contains(begin.toLowerCase(Locale.ROOT)),
                () -> name + ": " + help + " says not as declared: " + begin);
        for (String choice : parameter.choices()) {
            assertTrue(help.contains(choice), name + " says nothing of " + choice);
        }
        if (parameter.defaultValue() instanceof List<?> usual && !usual.isEmpty()) {
            assertTrue(help.endsWith(usual.get(0) + " if not given."), name + " defaults to " + usual);
        }
        if (parameter.defaultValue() instanceof String usual && !usual.isEmpty()) {
            assertTrue(help.contains(usual + " if not given."), name + " defaults to " + usual);
        }
    }

    @Test
    void withoutOptionsItIsWrittenAsDeclared() throws Exception {
        assertEquals(
                OmeZarrWriteOptions.defaults(),
                new OutputOptions().settings(Output.Kind.OME_ZARR).omeZarr());
        assertEquals(
                TiffWriteOptions.defaults(),
                new OutputOptions().settings(Output.Kind.OME_TIFF).tiff());
        assertEquals(ScaledProcessingOptions.defaults(), new ScalingOptions().settings(1));
    }
}
