package org.scaledimaging.objectstores;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Between a client and an S3 server: passes requests on as they are, and does to some what networks and stores do. It knows
 * writes that depend on what is there, as S3 does and the server behind does not.
 */
final class Between implements Closeable {
    private static final List<String> PASSED = List.of(
            "Host",
            "Range",
            "Authorization",
            "Content-MD5",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-security-token");

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What happens to a request. */
    enum Fault {
        NONE,
        /** Status 503, as S3 answers who asks too often. */
        SLOW_DOWN,
        /** The connection ends before anything is said. */
        RESET,
        /** Nothing is said for longer than clients wait. */
        STALL,
        /** The connection ends in the middle of the body. */
        TRUNCATED,
        /** What is asked for is done, but the connection ends before that is said. */
        LOST,
        /** The body that is sent loses its last byte on the way, as where a proxy errs. */
        DAMAGED,
        /** It takes some time. */
        LATE,
        /** Status 400, as S3 answers where a session has ended. */
        EXPIRED
    }

    /** Decides on each request. */
    @FunctionalInterface
    interface Behaviour {
        /** @param number of the request, from 0 */
        Fault of(HttpExchange exchange, int number);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final Path store;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private final Object oneWriteAtATime = new Object();
    private volatile Behaviour behaviour = (exchange, number) -> Fault.NONE;

    /**
     * @param port of the server behind
     * @param store the folder that it keeps its buckets in
     */
    Between(int port, Path store) throws IOException {
        this.port = port;
        this.store = store;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void behave(Behaviour newBehaviour) {
        count.set(0);
        faults.set(0);
        behaviour = newBehaviour;
    }

    /** How often something was done to a request since the behaviour was set. */
    int faults() {
        return faults.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Fault fault = behaviour.of(exchange, count.getAndIncrement());
            faults.addAndGet(fault == Fault.NONE ? 0 : 1);
            switch (fault) {
                case SLOW_DOWN -> refuse(exchange, 503, "SlowDown");
                case EXPIRED -> refuse(exchange, 400, "ExpiredToken");
                case STALL -> Thread.sleep(3000);
                case RESET -> {}
                default -> pass(exchange, fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private void pass(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (fault == Fault.LATE) {
            Thread.sleep(50);
        } else if (fault == Fault.DAMAGED && sent.length > 0) {
            sent[sent.length - 1] ^= 1;
        }
        boolean conditional = exchange.getRequestHeaders().containsKey("If-Match")
                || exchange.getRequestHeaders().containsKey("If-None-Match");
        HttpResponse<byte[]> answer;
        if (conditional && exchange.getRequestMethod().equals("PUT")) {
            synchronized (oneWriteAtATime) {
                if (!isAsExpected(exchange)) {
                    refuse(exchange, 412, "PreconditionFailed");
                    return;
                }
                answer = asked(exchange, exchange.getRequestMethod(), sent);
            }
        } else {
            answer = asked(exchange, exchange.getRequestMethod(), sent);
        }
        if (fault != Fault.LOST) {
            pass(exchange, answer, fault);
        }
    }

    private boolean isAsExpected(HttpExchange exchange) throws IOException {
        Path file = Path.of(store + exchange.getRequestURI().getPath());
        String wanted = exchange.getRequestHeaders().getFirst("If-Match");
        return wanted == null ? !Files.isRegularFile(file) : Files.isRegularFile(file) && wanted.equals(tag(file));
    }

    /** As the server behind tells it. */
    private static String tag(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file));
            return "\"" + HexFormat.of().formatHex(digest) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<byte[]> asked(HttpExchange exchange, String method, byte[] sent)
            throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + asked.getRawPath() + query))
                .method(
                        method,
                        sent.length == 0 && !method.equals("PUT") && !method.equals("POST")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(sent));
        for (String name : PASSED) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void pass(HttpExchange exchange, HttpResponse<byte[]> answer, Fault fault) throws IOException {
        for (String name : List.of("Content-Range", "ETag", "Last-Modified")) {
            answer.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            answer.headers()
                    .firstValue("Content-Length")
                    .ifPresent(value -> exchange.getResponseHeaders().set("Content-Length", value));
            exchange.sendResponseHeaders(answer.statusCode(), -1);
            return;
        }
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body, 0, fault == Fault.TRUNCATED ? body.length / 2 : body.length);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
