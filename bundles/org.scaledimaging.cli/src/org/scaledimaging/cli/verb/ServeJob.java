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
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Serving as it was asked for: the server listens, the estimate is made, then it goes on until the user ends it. */
record ServeJob(
        ImageLocation source,
        InputOptions input,
        List<ScaledProcessingPlugin> chain,
        ScaledProcessingOptions options,
        OutputSettings settings,
        InetSocketAddress address,
        ServerOptions serverOptions,
        ExecutionOptions executionOptions) {
    private static final String SOURCE = "source";
    private static final String CORRECTED = "corrected";
    private static final String FIELD = "field";
    private static final long LOOK_MILLISECONDS = 50;
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
                prepare(images, session, console);
                if (!executionOptions.quiet()) {
                    console.say("Serving " + server.address() + "/; Ctrl-C ends it.");
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

        @Override
        public void close() throws IOException {
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

    private void prepare(Images images, Session session, Console console) throws IOException, ParameterException {
        try (ProgressDisplay display = ProgressDisplay.of(console, executionOptions.quiet())) {
            Execution execution = executionOptions.execution(display);
            execution = execution.withProgress(session.following(execution.progress()));
            Image first = open(images, session, execution);
            images.newest = Optional.of(first);
            ScaledProcessing.check(first.metadata(), chain, options, execution);
            // Seen from afar, an image without a pyramid is seen by what the estimate reads of it.
            if (images.source.isEmpty()
                    && (chain.isEmpty() || first.source().levels().size() > 1)) {
                session.put(SOURCE, first);
            }
            process(images, session, execution);
        }
        session.done();
    }

    private Image open(Images images, Session session, Execution execution) throws IOException, ParameterException {
        if (!isRecipe()) {
            Image image = images.newest.orElseThrow();
            image.prepare(execution);
            return image;
        }
        Image image = input.part(Image.fromJson(source.path().orElseThrow(), execution));
        images.newest = Optional.of(image);
        Optional<Recipe> made = image.recipe();
        if (made.isPresent()) {
            images.source = Optional.of(Image.open(made.get().source().place()));
            session.put(SOURCE, images.source.get());
        }
        image.prepare(execution);
        if (chain.isEmpty()) {
            PixelType own = image.metadata().pixelType();
            session.put(CORRECTED, settings.type().convert(image, own));
        }
        return image;
    }

    private void process(Images images, Session session, Execution execution) throws IOException, ParameterException {
        if (chain.isEmpty()) {
            return;
        }
        Image first = images.newest.orElseThrow();
        Optional<Image> before = Optional.empty();
        for (int i = 0; i < chain.size(); i++) {
            Execution part = execution.withProgress(
                    execution.progress().part((double) i / chain.size(), (i + 1.0) / chain.size()));
            try {
                images.newest =
                        Optional.of(images.newest.orElseThrow().applyScaledProcessing(chain.get(i), options, part));
            } catch (ParameterException e) {
                throw e.ofPlugin(chain.get(i).description().id());
            }
            before = i == 0 ? images.newest.get().before() : before;
        }
        Image newest = images.newest.orElseThrow();
        if (images.source.isEmpty() && first.source().levels().size() == 1) {
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
