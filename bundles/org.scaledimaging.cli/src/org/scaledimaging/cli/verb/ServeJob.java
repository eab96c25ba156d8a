package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.cli.option.ExecutionOptions;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.option.OutputSettings;
import org.scaledimaging.cli.option.ServerOptions;
import org.scaledimaging.cli.serve.Access;
import org.scaledimaging.cli.serve.ImageServer;
import org.scaledimaging.cli.serve.Session;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.EstimatedSource;
import org.scaledimaging.engine.scaled.ScaledProcessing;
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
    /** What is read whole for each view from afar takes longer than somebody likes to wait. */
    private static final double LARGE_VOXELS = 1 << 26;
    /** Failures of chunks that are said once each. */
    private static final int MOST_FAILURES = 100;

    void run(Console console) throws IOException, ParameterException {
        Session session = new Session(settings.omeZarr(), Execution.standard().withThreads(executionOptions.threads()));
        try (Images images = new Images()) {
            if (!isRecipe()) {
                images.newest = Optional.of(input.open(source)); // so that nothing is announced that is not there
            }
            try (ImageServer server = start(session, console)) {
                announce(session, server, console);
                prepare(images, server, session, console);
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

    private void announce(Session session, ImageServer server, Console console) {
        if (isRecipe() || !chain.isEmpty()) {
            session.expect(CORRECTED);
        }
        session.expect(SOURCE);
        if (!chain.isEmpty()) {
            session.expect(FIELD);
        }
        session.names().forEach(name -> console.print(server.address() + "/" + name + ".ome.zarr"));
        console.out().flush();
        serverOptions
                .host()
                .ifPresent(host -> console.say("Warning: everybody who can reach " + server.address()
                        + " can read these images; without --host only this computer can."));
    }

    /** What is open, the last of each chain, for closing it closes what it was made from. */
    private static final class Images implements AutoCloseable {
        private Optional<Image> newest = Optional.empty();
        private Optional<Image> source = Optional.empty();
        private Optional<ServedPage> page = Optional.empty();

        @Override
        public void close() throws IOException {
            if (page.isPresent()) {
                page.get().close();
            }
            if (newest.isPresent()) {
                newest.get().close();
            }
            if (source.isPresent()) {
                source.get().close();
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
        return source.path().filter(path -> path.toString().endsWith(".json")).isPresent();
    }

    private void prepare(Images images, ImageServer server, Session session, Console console)
            throws IOException, ParameterException {
        try (ProgressDisplay display = ProgressDisplay.of(console, executionOptions.quiet())) {
            Execution execution = executionOptions.execution(display);
            execution = execution.withProgress(session.following(execution.progress()));
            open(images, execution);
            Image first = images.newest.orElseThrow();
            ScaledProcessing.check(first.metadata(), chain, options, execution);
            if (serverOptions.open()) {
                show(images, server, session, execution);
            } else if (!chain.isEmpty()) {
                process(images, session, execution);
            } else {
                images.newest = Optional.of(fromAfar(first, execution));
                Image shown = settings.type()
                        .convert(images.newest.get(), first.metadata().pixelType());
                session.put(isRecipe() ? CORRECTED : SOURCE, shown);
            }
            if (images.source.isPresent() && !serverOptions.open()) { // whose source is what the plugins work on
                images.source = Optional.of(fromAfar(images.source.get(), execution));
                session.put(SOURCE, images.source.get());
            }
        }
        session.done();
    }

    private void open(Images images, Execution execution) throws IOException, ParameterException {
        if (isRecipe()) {
            Image image = input.part(Image.fromJson(source.path().orElseThrow(), execution));
            images.newest = Optional.of(image);
            if (image.recipe().isPresent()) {
                images.source =
                        Optional.of(Image.open(image.recipe().get().source().place()));
            }
        }
        images.newest.orElseThrow().prepare(execution);
    }

    /** Seen from afar, a large image without a pyramid is seen by its low-resolution image, or would be read whole. */
    private Image fromAfar(Image image, Execution execution) throws IOException, ParameterException {
        boolean small = Levels.voxels(image.source()) < LARGE_VOXELS;
        boolean labels = image.metadata().labels(); // which have no means
        return small || labels || image.source().levels().size() > 1
                ? image
                : Image.of(EstimatedSource.of(image.source(), options, execution));
    }

    private void show(Images images, ImageServer server, Session session, Execution execution)
            throws IOException, ParameterException {
        Optional<String> named = isRecipe() ? Optional.empty() : Optional.of(source.toString());
        images.page = Optional.of(ServedPage.start(
                images.newest.orElseThrow(), named, chain, options, settings, given, server, session, execution));
        images.newest = Optional.empty(); // the page's now
    }

    private void process(Images images, Session session, Execution execution) throws IOException, ParameterException {
        Image first = images.newest.orElseThrow();
        // An image without a pyramid is seen from afar by what the estimate reads of it, and so waits for that.
        boolean waits = first.source().levels().size() == 1;
        if (!isRecipe() && !waits) {
            session.put(SOURCE, first);
        }
        Optional<Image> before = Optional.empty();
        for (int i = 0; i < chain.size(); i++) {
            Execution part = execution.withProgress(
                    execution.progress().part((double) i / chain.size(), (i + 1.0) / chain.size()));
            ScaledProcessingOptions here = i == 0
                    ? options
                    : options.resolved(images.newest.orElseThrow().metadata());
            here = here.withOnChannels(channels.get(i));
            try {
                images.newest =
                        Optional.of(images.newest.orElseThrow().applyScaledProcessing(chain.get(i), here, part));
            } catch (ParameterException e) {
                throw e.ofPlugin(chain.get(i).description().id());
            }
            before = i == 0 ? images.newest.get().before() : before;
        }
        Image newest = images.newest.orElseThrow();
        if (!isRecipe() && waits) {
            session.put(SOURCE, before.orElse(first));
        }
        Image corrected = settings.type().convert(newest, first.metadata().pixelType());
        corrected.checkPixelType(execution);
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
