package org.scaledimaging.cli.verb;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.cli.option.OutputSettings;
import org.scaledimaging.cli.serve.ImageServer;
import org.scaledimaging.cli.serve.Session;
import org.scaledimaging.cli.serve.page.Browser;
import org.scaledimaging.cli.serve.page.LiveCorrection;
import org.scaledimaging.cli.serve.page.Page;
import org.scaledimaging.cli.serve.page.ProcessLine;
import org.scaledimaging.cli.serve.page.ShownImages;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What {@code serve --open} does beside serving: the page of a correction whose parameters change, and the browser. */
final class ServedPage implements Closeable {
    /** Options that say nothing about what is computed, and the plugins, whose parameters change. */
    private static final Set<String> NOT_OF_PROCESS = Set.of(
            "--plugin",
            "--parameter",
            "--open",
            "--port",
            "--host",
            "--allow-origin",
            "--threads",
            "--quiet",
            "--verbose");

    private static final String OUTPUT = "corrected.ome.zarr";

    private final LiveCorrection live;

    private ServedPage(LiveCorrection live) {
        this.live = live;
    }

    /**
     * Makes the first estimate, puts the images into the session and the page at the server's root.
     *
     * @param image closed with the result, not where this fails
     * @param input the image as it is named on a command line; nothing for a recipe, which no other verb takes
     * @param given the command line of {@code serve}, whose options {@code process} takes, too
     */
    static ServedPage start(
            Image image,
            Optional<String> input,
            List<ScaledProcessingPlugin> chain,
            ScaledProcessingOptions options,
            OutputSettings settings,
            ParseResult given,
            ImageServer server,
            Session session,
            Execution execution)
            throws IOException, ParameterException {
        LiveCorrection live = LiveCorrection.start(image, chain, options, execution, PluginRegistry.installed());
        PixelType own = image.metadata().pixelType();
        List<String> words = words(given);
        session.put(ShownImages.SOURCE, live.before());
        ShownImages shown = new ShownImages(
                live,
                session,
                corrected -> settings.type().convert(corrected, own),
                version -> input.map(name -> ProcessLine.of(name, OUTPUT, version.chain(), words))
                        .orElse(""));
        Page.show(server, shown);
        return new ServedPage(live);
    }

    /** The options of a command line that {@code process} takes and that matter to what it writes. */
    private static List<String> words(ParseResult given) {
        List<String> words = new ArrayList<>();
        for (ParseResult part : given.asCommandLineList().stream()
                .map(line -> line.getParseResult())
                .toList()) {
            for (OptionSpec option : part.matchedOptions()) {
                if (!NOT_OF_PROCESS.contains(option.longestName())) {
                    List<String> values = option.arity().max() > 0 ? option.originalStringValues() : List.of("");
                    for (String value : values) {
                        words.add(option.longestName());
                        if (!value.isEmpty()) {
                            words.add(value);
                        }
                    }
                }
            }
        }
        return words;
    }

    /** Opens the browser, or says where to look. */
    static void open(ImageServer server, Console console) {
        String address = server.address() + "/";
        if (!Browser.open(address)) {
            console.say("No browser could be opened: open " + address + " in one of this computer.");
        }
    }

    @Override
    public void close() throws IOException {
        live.close();
    }
}
