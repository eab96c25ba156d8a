package org.scaledimaging.cli.verb.serve;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.ServerOptions;
import org.scaledimaging.cli.option.output.OutputSettings;
import org.scaledimaging.cli.serve.Access;
import org.scaledimaging.cli.serve.Correction;
import org.scaledimaging.cli.serve.ImageServer;
import org.scaledimaging.cli.serve.Session;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.omezarr.lazy.LazyOmeZarr;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import picocli.CommandLine.ParseResult;

/** Serving as it was asked for: the server listens, the estimate is made, then it goes on until the user ends it. */
record ServeJob(
        ImageLocation source,
        InputOptions input,
        List<ScaledProcessingPlugin> chain,
        List<String> channels,
        ScaledProcessingOptions options,
        OutputSettings settings,
        InetSocketAddress address,
        ServerOptions serverOptions,
        ExecutionOptions executionOptions,
        ParseResult given) {
    private static final String SOURCE = "source";
    private static final String CORRECTED = "corrected";
    private static final String FIELD = "field";
    private static final long LOOK_MILLISECONDS = 50;
    /** Failures of chunks that are said once each. */
    private static final int MOST_FAILURES = 100;

    void run(Console console) throws IOException, ParameterException {
        Session session = new Session(settings.omeZarr(), Execution.standard().withThreads(executionOptions.threads()));
        Correction correction = Correction.of(chain, channels, options);
        try (ServedInput opened = ServedInput.open(source, input);
                Images images = new Images()) {
            check(opened, correction); // so that nothing is announced that will not be there
            Map<String, Image> labels = labels(images, console);
            try (ImageServer server = start(session, console)) {
                boolean tried = serverOptions.open() && opened.steps().isPresent();
                announce(tried || !chain.isEmpty(), labels.keySet(), session, server, console);
                for (Map.Entry<String, Image> beside : labels.entrySet()) {
                    session.put(beside.getKey(), beside.getValue());
                }
                prepare(opened, correction, labels, images, server, session, console);
                server.lookAhead(session.names());
                if (!executionOptions.quiet()) {
                    console.say("Serving " + server.address() + "/; Ctrl-C ends it.");
                }
                if (serverOptions.open()) {
                    ServedPage.open(server, console);
                }
                await(console);
            }
        }
    }

    private void check(ServedInput opened, Correction correction) throws ParameterException {
        LazyOmeZarr.check(opened.image().source(), settings.omeZarr());
        Execution execution = Execution.standard().withThreads(executionOptions.threads());
        if (isRecipe() || chain.isEmpty()) {
            opened.checkFromAfar(options, execution);
        }
        if (!isRecipe()) {
            correction.check(opened.image().metadata(), execution);
        }
    }

    /** The label images beside the image, by the names that they are served under; of a part of it or a recipe none. */
    private Map<String, Image> labels(Images images, Console console) throws IOException, ParameterException {
        Map<String, Image> labels = new LinkedHashMap<>();
        if (isRecipe() || input.hasPart()) {
            return labels;
        }
        for (Map.Entry<String, ImageLocation> beside :
                ImageFormats.labels(input.chosen(source)).entrySet()) {
            String name = "labels-" + beside.getKey().replaceAll("[^A-Za-z0-9_-]", "-");
            try {
                labels.putIfAbsent(name, images.keep(Image.open(beside.getValue())));
            } catch (IOException e) {
                console.say("Warning: labels " + beside.getKey() + " are not served: "
                        + FileFailures.sentence(e, OptionNames.TABLE));
            }
        }
        return labels;
    }

    private void announce(boolean hasField, Set<String> labels, Session session, ImageServer server, Console console) {
        if (isRecipe() || !chain.isEmpty()) {
            session.expect(CORRECTED);
        }
        session.expect(SOURCE);
        if (hasField) {
            session.expect(FIELD);
        }
        labels.forEach(session::expect);
        session.names().forEach(name -> console.print(server.address() + "/" + name + ".ome.zarr"));
        console.out().flush();
        serverOptions
                .host()
                .ifPresent(host -> console.say("Warning: everybody who can reach " + server.address()
                        + " can read these images; without --host only this computer can."));
    }

    /** What is open, the last of each chain, for closing it closes what it was made from. */
    private static final class Images implements AutoCloseable {
        private final Deque<Closeable> open = new ArrayDeque<>();

        <T extends Closeable> T keep(T image) {
            open.push(image);
            return image;
        }

        @Override
        public void close() throws IOException {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }

    private ImageServer start(Session session, Console console) throws IOException, ParameterException {
        Set<String> said = ConcurrentHashMap.newKeySet();
        Access access = new Access(serverOptions.host().isPresent(), serverOptions.origins());
        try {
            return ImageServer.start(address, session, access, executionOptions.threads(), failure -> {
                if (said.size() < MOST_FAILURES && said.add(failure)) {
                    console.say("Warning: " + failure);
                }
            });
        } catch (SocketException e) {
            boolean port = address.getPort() != 0;
            throw new ParameterException(
                    port ? "--port" : "--host",
                    port ? address.getPort() : address.getHostString(),
                    "one that this program may listen at, and no other does (" + e.getMessage() + ")");
        }
    }

    private boolean isRecipe() {
        return ServedInput.isRecipe(source);
    }

    private void prepare(
            ServedInput opened,
            Correction correction,
            Map<String, Image> labels,
            Images images,
            ImageServer server,
            Session session,
            Console console)
            throws IOException, ParameterException {
        try (ProgressDisplay display = ProgressDisplay.of(console, executionOptions.quiet())) {
            Execution execution = executionOptions.execution(display);
            execution = execution.withProgress(session.following(execution.progress()));
            if (!isRecipe()) {
                opened.image().prepare(execution);
            }
            PixelType ofInput = opened.typeRead();
            if (serverOptions.open()) {
                images.keep(new ServedPage(settings, ofInput, labels, given, options, server, session, execution)
                        .show(opened, source, correction));
            } else if (chain.isEmpty()) {
                serve(opened, ofInput, images, session, execution);
            } else {
                process(opened, ofInput, correction, images, session, execution);
            }
        }
        session.done();
    }

    /** An image as it is, or what a recipe makes of it beside it. */
    private void serve(ServedInput opened, PixelType ofInput, Images images, Session session, Execution execution)
            throws IOException, ParameterException {
        if (isRecipe()) {
            Image result = images.keep(ServedInput.fromAfar(opened.result(execution), options, execution));
            session.put(
                    CORRECTED, settings.type().convert(result, result.metadata().pixelType()));
            session.put(SOURCE, images.keep(ServedInput.fromAfar(opened.take(), options, execution)));
        } else {
            Image image = images.keep(ServedInput.fromAfar(opened.take(), options, execution));
            session.put(SOURCE, settings.type().convert(image, ofInput));
        }
    }

    private void process(
            ServedInput opened,
            PixelType ofInput,
            Correction correction,
            Images images,
            Session session,
            Execution execution)
            throws IOException, ParameterException {
        Image first = isRecipe() ? opened.result(execution) : opened.take();
        // An image without a pyramid is seen from afar by what the estimate reads of it, and so waits for that.
        boolean waits = first.source().levels().size() == 1;
        if (!isRecipe() && !waits) {
            session.put(SOURCE, first);
        }
        Correction.Corrected done = correction.apply(first, execution);
        Image newest = images.keep(done.image());
        Image corrected =
                settings.type().convert(newest, isRecipe() ? first.metadata().pixelType() : ofInput);
        corrected.checkPixelType(execution);
        if (isRecipe()) {
            session.put(SOURCE, images.keep(ServedInput.fromAfar(opened.take(), options, execution)));
        } else if (waits) {
            session.put(SOURCE, done.before());
        }
        session.put(CORRECTED, corrected);
        session.put(FIELD, newest.field().orElseThrow());
    }

    private static void await(Console console) {
        while (!console.cancelled().getAsBoolean()) {
            try {
                Thread.sleep(LOOK_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Cancelled.");
            }
        }
    }
}
