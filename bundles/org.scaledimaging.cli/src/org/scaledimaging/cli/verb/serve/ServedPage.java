package org.scaledimaging.cli.verb.serve;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.serve.Correction;
import org.scaledimaging.cli.serve.ImageServer;
import org.scaledimaging.cli.serve.Session;
import org.scaledimaging.cli.serve.page.Browser;
import org.scaledimaging.cli.serve.page.LiveCorrection;
import org.scaledimaging.cli.serve.page.LivePage;
import org.scaledimaging.cli.serve.page.ProcessLine;
import org.scaledimaging.cli.serve.page.ShownImages;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The part of {@code serve --open} that is not serving: the page, of a correction whose parameters change or to look
 * only, and the browser.
 *
 * @param ofInput the pixel type that the image was read with
 * @param labels beside the image, by the names under which they are served
 * @param given the command line of {@code serve}, whose options {@code process} takes, too
 */
record ServedPage(
        OutputSettings settings,
        PixelType ofInput,
        Map<String, Image> labels,
        ParseResult given,
        ScaledProcessingOptions options,
        ImageServer server,
        Session session,
        Execution execution) {
    /** Options that say nothing about what is computed, and those of plugins, which have their place behind them. */
    private static final Set<String> NOT_OF_PROCESS = Set.of(
            "--plugin",
            "--parameter",
            "--on-channels",
            "--open",
            "--port",
            "--host",
            "--allow-origin",
            "--threads",
            "--quiet",
            "--verbose");

    private static final String OUTPUT = "corrected.ome.zarr";

    /**
     * Makes the first estimate, puts the images into the session and the page at the server's root.
     *
     * @param input whose images are taken
     * @param place the input as it is named on the command line
     * @param asked the plugins that were given; none to try those of a recipe, or to look only
     * @return closes the images
     */
    Closeable show(ServedInput input, ImageLocation place, Correction asked) throws IOException, ParameterException {
        Optional<ServedInput.Steps> steps = asked.steps().isEmpty() ? input.steps() : Optional.empty();
        if (steps.isPresent()) {
            Image image = input.take();
            try {
                image = image.applyAll(steps.get().before(), execution);
                return tried(
                        image, ServedInput.correction(steps.get()), steps.get().after(), Optional.empty());
            } catch (IOException | ParameterException | RuntimeException | Error e) {
                image.close();
                throw e;
            }
        }
        if (asked.steps().isEmpty()) {
            return looked(input);
        }
        Image image = input.isRecipe() ? input.result(execution) : input.take();
        try {
            return tried(image, asked, List.of(), input.isRecipe() ? Optional.empty() : Optional.of(place.toString()));
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            image.close();
            throw e;
        }
    }

    /**
     * @param after what is done to the result
     * @param name the image as it is named on a command line; nothing for a recipe
     */
    private Closeable tried(Image image, Correction correction, List<Operation> after, Optional<String> name)
            throws IOException, ParameterException {
        correction.check(image.metadata(), execution);
        LiveCorrection live = LiveCorrection.start(image, correction, execution, PluginRegistry.installed());
        List<String> words = words();
        session.put(ShownImages.SOURCE, live.before());
        ShownImages shown = ShownImages.of(
                live,
                session,
                corrected -> {
                    Image result = corrected;
                    for (Operation operation : after) {
                        result = result.apply(operation);
                    }
                    return settings.type().convert(result, ofInput);
                },
                version -> name.map(input -> ProcessLine.of(input, OUTPUT, version.correction(), words))
                        .orElse(""));
        LivePage.show(server, shown.withLabels(labels));
        return live;
    }

    /** To look only: an image, or what a recipe makes of it beside it. */
    private Closeable looked(ServedInput input) throws IOException, ParameterException {
        Deque<Closeable> open = new ArrayDeque<>();
        Closeable all = () -> {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        };
        try {
            Map<String, Image> images = new LinkedHashMap<>();
            if (input.isRecipe()) {
                Image result = ServedInput.fromAfar(input.result(execution), options, execution);
                open.push(result);
                images.put(
                        ShownImages.CORRECTED,
                        converted(result, result.metadata().pixelType()));
            }
            Image image = ServedInput.fromAfar(input.take(), options, execution);
            open.push(image);
            images.put(ShownImages.SOURCE, input.isRecipe() ? image : converted(image, ofInput));
            for (Map.Entry<String, Image> served : images.entrySet()) {
                session.put(served.getKey(), served.getValue());
            }
            if (input.isRecipe() && !alike(image, images.get(ShownImages.CORRECTED))) {
                images.remove(ShownImages.SOURCE);
            }
            LivePage.show(
                    server, ShownImages.toLookAt(images, input.whyNoSteps()).withLabels(labels));
            return all;
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private Image converted(Image image, PixelType own) {
        return settings.type().convert(image, own);
    }

    private static boolean alike(Image one, Image other) {
        return Arrays.equals(one.metadata().shape(), other.metadata().shape())
                && one.metadata().axes().equals(other.metadata().axes());
    }

    /** The options of a command line that {@code process} takes and that matter to what it writes. */
    private List<String> words() {
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
}
