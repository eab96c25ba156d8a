package org.scaledimaging.cli;

import java.util.Optional;
import org.scaledimaging.cli.option.ForServers;
import org.scaledimaging.cli.option.PluginPath;
import org.scaledimaging.cli.option.Version;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.http.HttpOptions;
import org.scaledimaging.engine.s3.S3Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a verb: says which verbs there are. */
@Command(
        name = Exit.COMMAND,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        description = {
            "Runs image processing on a small copy of an image and applies the result to the image at full"
                    + " resolution. Reads and writes NIfTI, TIFF, NRRD, MetaImage and OME-Zarr; reads HDF5, MGH"
                    + " and N5, too.",
            ""
        },
        footer = {
            "",
            "Example: correct the uneven brightness of a brain scan",
            "  scaled-imaging process brain.nii.gz corrected.ome.zarr --plugin gaussian --downsample-factor 4",
            "",
            "'scaled-imaging help VERB' or 'scaled-imaging VERB --help' tells more of a verb.",
            "Exit codes: 0 done; 1 failed; 2 wrong usage; 130 stopped by Ctrl-C; 143 stopped by a signal to end."
        })
final class ScaledImaging implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = PluginPath.OPTION,
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:" + PluginPath.VARIABLE + "}",
            description = "Further plugins: jar files, or folders of them, with the separator of class paths between; "
                    + PluginPath.VARIABLE + " if not given.")
    private String pluginPath;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            scope = ScopeType.INHERIT,
            description = "How much memory the whole process may take, such as 2g or 800m; SCALED_IMAGING_MEMORY, or"
                    + " else a heap of a quarter of the computer's, if not given.")
    private void memory(String size) {
        throw new picocli.CommandLine.ParameterException(
                spec.commandLine(),
                "--memory: found " + size + " in a Java process that has started, expected it for the script"
                        + " scaled-imaging, or -Xmx for java.");
    }

    @Option(
            names = "--http-timeout",
            paramLabel = "SECONDS",
            scope = ScopeType.INHERIT,
            description =
                    "How long a web server may send nothing, or less than 1 KiB a second, before it is asked again;"
                            + " SCALED_IMAGING_HTTP_TIMEOUT, or else 30, if not given.")
    private String httpTimeout;

    @Option(
            names = "--http-private-redirects",
            scope = ScopeType.INHERIT,
            description = "Follow redirects from the internet to addresses of a local network or of this computer.")
    private boolean privateRedirects;

    @Option(
            names = "--endpoint",
            paramLabel = "ADDRESS",
            scope = ScopeType.INHERIT,
            description = "Where object stores (s3://…) are, as https://host:9000; SCALED_IMAGING_S3_ENDPOINT,"
                    + " AWS_ENDPOINT_URL or the AWS profile's, or else Amazon's, if not given.")
    private String endpoint;

    @Option(
            names = "--anonymous",
            scope = ScopeType.INHERIT,
            description = "Ask object stores without credentials, as where images are public.")
    private boolean anonymous;

    ScaledImaging(Console console) {
        this.console = console;
    }

    /** Further plugins, if there are any to be had. */
    Optional<String> pluginPath() {
        return Optional.ofNullable(pluginPath).filter(path -> !path.isBlank());
    }

    /**
     * Has these options hold for web servers until closed.
     *
     * @throws picocli.CommandLine.ParameterException when a value is none
     */
    ForServers forServers() {
        if (httpTimeout != null && HttpOptions.timeout(httpTimeout).isEmpty()) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(),
                    "--http-timeout: found " + httpTimeout + ", expected seconds, above 0 and up to 1000000.");
        }
        if (endpoint != null && S3Options.endpoint(endpoint).isEmpty()) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(),
                    "--endpoint: found "
                            + (endpoint.contains("@") ? "an address with a user name or password" : endpoint)
                            + ", expected an address like https://host:9000.");
        }
        ForServers options = new ForServers();
        options.set(HttpOptions.TIMEOUT, httpTimeout);
        options.set(HttpOptions.PRIVATE_REDIRECTS, privateRedirects ? "true" : null);
        options.set(S3Options.ENDPOINT, endpoint);
        options.set(S3Options.ANONYMOUS, anonymous ? "true" : null);
        return options;
    }

    @Override
    public void run() {
        spec.commandLine().usage(console.err());
        throw new picocli.CommandLine.ParameterException(
                spec.commandLine(),
                "Verb: found none, expected one of "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
