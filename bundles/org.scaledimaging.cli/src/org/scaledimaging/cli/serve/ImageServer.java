package org.scaledimaging.cli.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import org.scaledimaging.engine.execute.wait.Background;

/**
 * A web server for the images of a session, read only. {@code /} and whatever other paths are given are pages. Threads that
 * answer and threads that compute are others, both bounded in number; clients that stop reading are given up.
 */
public final class ImageServer implements Closeable {
    private static final int BACKLOG = 256;
    private static final int MOST_ANSWERING = 64;
    private static final int IDLE_SECONDS = 30;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final ComputedChunks chunks;
    private final ImageRequests images;
    private final Access access;
    private final Map<String, HttpHandler> pages = new ConcurrentHashMap<>();

    private ImageServer(HttpServer server, Session session, Access access, int computing, Consumer<String> failures) {
        this.server = server;
        this.access = access;
        this.threads = Background.threads(MOST_ANSWERING, IDLE_SECONDS, "scaled-imaging-serve");
        this.chunks = new ComputedChunks(computing);
        this.images = new ImageRequests(session, chunks, threads, failures);
        pages.put("/", exchange -> Reply.html(ListingPage.of(session)).send(exchange));
    }

    /**
     * Starts to listen.
     *
     * @param address to listen at; port 0 for any that is free
     * @param computing how many threads compute
     * @param failures learns in a sentence why a chunk could not be computed
     * @throws IOException when it cannot listen there
     */
    public static ImageServer start(
            InetSocketAddress address, Session session, Access access, int computing, Consumer<String> failures)
            throws IOException {
        // The JDK's server takes these from properties alone, once, when it is first used.
        setUnlessSet("sun.net.httpserver.nodelay", "true"); // an answer is sent in two parts
        setUnlessSet("sun.net.httpserver.maxIdleConnections", "2000"); // those beyond are closed, perhaps while reused
        setUnlessSet("sun.net.httpserver.maxReqTime", "60"); // seconds for a request to arrive
        setUnlessSet("sun.net.httpserver.maxRspTime", "600"); // and for its answer to be taken
        HttpServer server = HttpServer.create(address, BACKLOG);
        ImageServer started = new ImageServer(server, session, access, computing, failures);
        server.createContext("/", started::handle);
        server.setExecutor(started.threads);
        server.start();
        return started;
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Computes, in the background while nobody asks for anything, what viewers ask for first.
     *
     * @param names of images, of which those count that are there
     */
    public void lookAhead(List<String> names) {
        images.lookAhead(names);
    }

    /** The server's own address, without a slash at its end. */
    public URI address() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().isAnyLocalAddress()
                ? "localhost"
                : address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    /**
     * Puts a page at a path, in place of an earlier one. Its handler gets every method, from known hosts only; headers that
     * let pages of this computer read the answer are set.
     *
     * @param path as in {@code /viewer}; one that ends with a slash is for all that is below, too
     */
    public void page(String path, HttpHandler handler) {
        pages.put(path, handler);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Headers request = exchange.getRequestHeaders();
        if (!access.isHostKnown(request)) {
            Reply.words(
                            403,
                            "Host: found " + request.getFirst("Host")
                                    + ", expected localhost or 127.0.0.1 (or --host).")
                    .send(exchange);
            return;
        }
        allowReading(exchange);
        Optional<HttpHandler> page = page(exchange.getRequestURI().getPath());
        switch (exchange.getRequestMethod()) {
            case "OPTIONS" -> new Reply(204, "text/plain", new byte[0], "").send(exchange);
            case "GET", "HEAD" -> {
                if (page.isPresent()) {
                    page.get().handle(exchange);
                } else {
                    images.handle(exchange);
                }
            }
            default -> {
                if (page.isPresent()) {
                    page.get().handle(exchange);
                } else {
                    Reply.words(405, "Method: found " + exchange.getRequestMethod() + ", expected GET or HEAD.")
                            .send(exchange);
                }
            }
        }
    }

    /** By CORS. */
    private void allowReading(HttpExchange exchange) {
        Headers request = exchange.getRequestHeaders();
        Headers answer = exchange.getResponseHeaders();
        answer.set("Vary", "Origin");
        answer.set("Allow", "GET, HEAD, OPTIONS");
        access.reader(request).ifPresent(origin -> {
            answer.set("Access-Control-Allow-Origin", origin);
            answer.set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
            answer.set("Access-Control-Expose-Headers", "Accept-Ranges, Content-Length, Content-Range, ETag");
            answer.set("Access-Control-Max-Age", "600");
            String headers = request.getFirst("Access-Control-Request-Headers");
            if (headers != null) {
                answer.set("Access-Control-Allow-Headers", headers);
            }
            if (request.containsKey("Access-Control-Request-Private-Network")) {
                answer.set("Access-Control-Allow-Private-Network", "true");
            }
        });
    }

    private Optional<HttpHandler> page(String path) {
        HttpHandler exact = pages.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        return pages.entrySet().stream()
                .filter(page ->
                        page.getKey().length() > 1 && page.getKey().endsWith("/") && path.startsWith(page.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public void close() {
        server.stop(0);
        chunks.close();
        threads.shutdownNow();
    }
}
