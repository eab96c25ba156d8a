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
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Between a client and an S3 server: passes requests on as they are, and does to some what networks and stores do. */
final class Between implements Closeable {
    private static final List<String> PASSED =
            List.of("Host", "Range", "Authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token");

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host"); // which is signed
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
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile Behaviour behaviour = (exchange, number) -> Fault.NONE;

    /** @param port of the server behind */
    Between(int port) throws IOException {
        this.port = port;
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
        byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private void pass(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + asked.getRawPath()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
        for (String name : PASSED) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
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
