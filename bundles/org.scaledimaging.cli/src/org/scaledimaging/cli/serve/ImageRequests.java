package org.scaledimaging.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.format.omezarr.lazy.LazyOmeZarr;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;

/**
 * Answers what clients ask of a session's images: {@code /NAME.ome.zarr/KEY} in OME-Zarr 0.4, the same below {@code /0.5}
 * in 0.5. What has to wait, for an image or a chunk, waits without a thread.
 */
final class ImageRequests {
    private static final String ENDING = ".ome.zarr";
    private static final String NEWER = "0.5";
    private static final String OLDER = "0.4";
    private static final String BINARY = "application/octet-stream";
    /** Clients give up after minutes; they are told before. */
    private static final int SECONDS = 200;

    private final Session session;
    private final ComputedChunks chunks;
    private final Executor threads;
    private final Consumer<String> failures;

    /**
     * @param threads that answers are sent by
     * @param failures learns why a chunk could not be computed
     */
    ImageRequests(Session session, ComputedChunks chunks, Executor threads, Consumer<String> failures) {
        this.session = session;
        this.chunks = chunks;
        this.threads = threads;
        this.failures = failures;
    }

    /** What a path asks for. */
    private record Wanted(String version, String image, String key) {
        static Optional<Wanted> of(String path) {
            boolean newer = path.startsWith("/" + NEWER + "/");
            String rest = path.substring(newer ? NEWER.length() + 2 : 1);
            int slash = rest.indexOf('/');
            String folder = slash < 0 ? rest : rest.substring(0, slash);
            if (!folder.endsWith(ENDING)) {
                return Optional.empty();
            }
            return Optional.of(new Wanted(
                    newer ? NEWER : OLDER,
                    folder.substring(0, folder.length() - ENDING.length()),
                    slash < 0 ? "" : rest.substring(slash + 1).replaceFirst("/$", "")));
        }
    }

    /** Where an image is, below the server's address. */
    static String path(String name, String version) {
        return (version.equals(NEWER) ? "/" + NEWER : "") + "/" + name + ENDING;
    }

    /** Answers, now or later. */
    void handle(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath().replaceAll("/{2,}", "/"); // some clients double them
        if (Arrays.asList(path.split("[/\\\\]")).contains("..")) {
            Reply.words(400, "Path: found .., expected names of files below " + ENDING + ".")
                    .send(exchange);
            return;
        }
        Optional<Wanted> wanted = Wanted.of(path);
        Optional<CompletableFuture<ServedImage>> image = wanted.flatMap(what -> session.find(what.image()));
        if (image.isEmpty()) {
            missing(path).send(exchange);
            return;
        }
        image.get()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .thenComposeAsync(served -> answer(exchange, wanted.get(), served), threads)
                .handleAsync((answer, failure) -> send(exchange, answer, failure), threads);
    }

    /** Makes an answer when it can be sent, not before: it may take much memory. */
    @FunctionalInterface
    private interface Answer {
        Reply make() throws IOException;
    }

    private Void send(HttpExchange exchange, Answer answer, Throwable failure) {
        try (exchange) {
            Reply reply;
            try {
                reply = failure == null ? answer.make() : failed(failure);
            } catch (IOException | RuntimeException | Error e) {
                reply = failed(e);
            }
            reply.send(exchange);
        }
        return null;
    }

    private Reply missing(String path) {
        return Reply.words(
                404,
                path + ": found nothing, expected one of "
                        + session.names().stream()
                                .map(name -> path(name, OLDER))
                                .collect(Collectors.joining(", ")) + ", or below /" + NEWER + ".");
    }

    private CompletableFuture<Answer> answer(HttpExchange exchange, Wanted wanted, ServedImage image) {
        String tag = "\"" + image.version() + "-" + wanted.version() + "\"";
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            return now(new Reply(Reply.NOT_MODIFIED, BINARY, new byte[0], tag));
        }
        LazyOmeZarr store;
        try {
            store = image.store(wanted.version());
        } catch (IOException | ParameterException e) {
            return CompletableFuture.failedFuture(e);
        }
        String key = wanted.key();
        Optional<byte[]> metadata = store.metadata(key);
        if (metadata.isPresent()) {
            return now(new Reply(200, "application/json", metadata.get(), tag));
        }
        List<String> files = store.list(key);
        if (!files.isEmpty()) {
            return now(Reply.html(ListingPage.ofFolder(path(wanted.image(), wanted.version()), key, files)));
        }
        if (!store.isChunk(key)) {
            return now(Reply.words(404, key + ": found nothing, expected a file of the OME-Zarr."));
        }
        ComputedChunks.Key name = name(image, wanted.version(), key);
        ComputedChunks.Work work = () -> store.chunk(key);
        return chunks.compute(name, work)
                .thenApply(done -> () -> chunks.take(name, work)
                        .map(bytes -> new Reply(200, BINARY, bytes, tag))
                        .orElseGet(() -> Reply.words(404, key + ": holds the fill value alone.")));
    }

    private static ComputedChunks.Key name(ServedImage image, String version, String chunk) {
        return new ComputedChunks.Key(image.version() + version, chunk, !chunk.startsWith("0/"));
    }

    /** Computes what viewers ask for first, one chunk after the other while they ask for none; gives up where that fails. */
    void lookAhead(List<String> names) {
        Thread thread = new Thread(
                () -> {
                    try {
                        for (String name : names) {
                            lookAhead(name);
                        }
                    } catch (IOException | ParameterException | RuntimeException | OutOfMemoryError e) {
                        // whoever asks for the chunk learns of it
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "scaled-imaging-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private void lookAhead(String name) throws IOException, ParameterException, InterruptedException {
        Optional<CompletableFuture<ServedImage>> found = session.find(name).filter(CompletableFuture::isDone);
        if (found.isPresent()) {
            ServedImage image = found.get().join();
            LazyOmeZarr store = image.store(OLDER);
            for (String key : store.firstLooks()) {
                chunks.computeWhenIdle(name(image, OLDER, key), () -> store.chunk(key));
            }
        }
    }

    private static CompletableFuture<Answer> now(Reply reply) {
        return CompletableFuture.completedFuture(() -> reply);
    }

    private Reply failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof RejectedExecutionException) {
            String doing = session.doing();
            return Reply.words(
                    503,
                    "Image: found " + (doing.isEmpty() ? "too many requests" : doing)
                            + ", expected it to be done; ask again later.");
        }
        if (cause instanceof CancellationException) {
            return Reply.words(
                    404, "Image: found none any more, expected one of " + String.join(", ", session.names()) + ".");
        }
        String sentence = sentence(cause);
        failures.accept(sentence);
        return Reply.words(500, sentence);
    }

    private static String sentence(Throwable cause) {
        if (cause instanceof IOException e) {
            return FileFailures.sentence(e, OptionNames.TABLE);
        } else if (cause instanceof ParameterException e) {
            return e.sentence(OptionNames.TABLE);
        } else if (cause instanceof OutOfMemoryError) {
            return "Memory: found " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB, expected more (--memory), fewer --threads or smaller --chunks.";
        }
        return "Internal error (" + FileFailures.oneLine(String.valueOf(cause)) + ").";
    }
}
