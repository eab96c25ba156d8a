package org.scaledimaging.cli.verb.serve;

import java.net.InetSocketAddress;
import java.util.List;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.PluginChain;
import org.scaledimaging.cli.option.ProcessedInput;
import org.scaledimaging.cli.option.ScalingOptions;
import org.scaledimaging.cli.option.ServerOptions;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.option.output.OutputOptions;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** A result to look at that is not computed: as OME-Zarr over HTTP, chunk by chunk. */
@Command(
        name = "serve",
        customSynopsis = Exit.COMMAND + " serve INPUT [--plugin=ID [-p=NAME=VALUE]...]... [OPTIONS]",
        description = {
            "Serves an image, and what plugins make of it, as OME-Zarr on this computer, without writing it: a chunk is"
                    + " computed when a viewer asks for it. Ctrl-C ends it.",
            ""
        },
        footer = {
            "",
            "Example: look at a corrected brain scan in napari before it is computed",
            "  scaled-imaging serve brain.nii.gz --plugin gaussian -p sigma=5 --port 8080",
            "  napari --plugin napari-ome-zarr http://127.0.0.1:8080/corrected.ome.zarr",
            "Example: try N4's parameters in the browser",
            "  scaled-imaging serve brain.nii.gz --plugin n4 --open"
        })
public final class ServeCommand extends Verb {
    private static final String PLUGIN = "--plugin";

    /** Options of writing, which make no sense where nothing is written. */
    private static final List<String> OF_WRITING = List.of(
            "--overwrite",
            "--verify",
            "--shards",
            "--ome-zarr-version",
            "--use-temp-zarr",
            "--temp-zarr-path",
            "--keep-temp");

    @Parameters(
            paramLabel = "INPUT",
            description =
                    "What to read: " + ImageFormats.READABLE_PLACES + "; or a recipe, a file that ends with .json.")
    private ImageLocation input;

    @Mixin
    private ProcessedInput inputOptions;

    @Mixin
    private PluginChain plugins;

    @Mixin
    private ScalingOptions scaling;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private ServerOptions serverOptions;

    @Mixin
    private ExecutionOptions executionOptions;

    private ServeCommand(Console console) {
        super(console);
    }

    /** The verb, with those options of others that it has a use for. */
    public static CommandLine of(Console console) {
        CommandLine verb = new CommandLine(new ServeCommand(console));
        CommandSpec spec = verb.getCommandSpec();
        List<OptionSpec> own = spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .toList();
        own.forEach(spec::remove); // and added in their order again
        for (OptionSpec option : own) {
            if (option.longestName().equals(PLUGIN)) {
                spec.addOption(
                        OptionSpec.builder(option).required(false).build()); // an image can be looked at as it is
            } else if (!OF_WRITING.contains(option.longestName())) {
                spec.addOption(option);
            }
        }
        return verb;
    }

    @Override
    public Integer call() throws Exception {
        ServeJob job;
        try {
            job = prepare();
        } catch (ParameterException e) {
            throw wrongUsage(e);
        }
        job.run(console);
        return Exit.DONE;
    }

    private ServeJob prepare() throws ParameterException {
        List<ScaledProcessingPlugin> chain = plugins.create(PluginRegistry.installed());
        ScaledProcessingOptions options = scaling.settings(chain.size());
        if (chain.isEmpty()) {
            scaling.checkWithoutPlugin();
        }
        inputOptions.check();
        executionOptions.check();
        OutputSettings settings = outputOptions.settings(Output.Kind.OME_ZARR);
        InetSocketAddress address = serverOptions.address();
        ParseResult given = spec.root().commandLine().getParseResult();
        return new ServeJob(
                input,
                inputOptions,
                chain,
                plugins.channels(),
                options,
                settings,
                address,
                serverOptions,
                executionOptions,
                given);
    }
}
