package org.scaledimaging.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server on this computer that hands out a folder, in ranges too, each answer after a delay; it counts requests. */
final class SlowServer implements Closeable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path folder;
    private final long delay;
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** @param delay milliseconds before each answer */
    SlowServer(Path folder, long delay) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.folder = folder;
        this.delay = delay;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    /** How often each file, or range of one, was asked for since this was asked last. */
    Map<String, Integer> asked() {
        Map<String, Integer> copy = Map.copyOf(asked);
        asked.clear();
        most.set(0);
        return copy;
    }

    /** How many requests were under way together, at most, since {@link #asked}. */
    int atOnce() {
        return most.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            String name = exchange.getRequestURI().getPath().substring(1);
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.merge(exchange.getRequestMethod() + " " + name + " " + (range == null ? "" : range), 1, Integer::sum);
            Thread.sleep(delay);
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            send(exchange, file, range);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            now.decrementAndGet();
        }
    }

    private static void send(HttpExchange exchange, Path file, String range) throws IOException {
        long size = Files.size(file);
        long from = 0;
        long to = size;
        Matcher matcher = RANGE.matcher(range == null ? "" : range);
        if (matcher.matches()) {
            boolean suffix = matcher.group(1).isEmpty();
            from = suffix ? Math.max(0, size - Long.parseLong(matcher.group(2))) : Long.parseLong(matcher.group(1));
            to = suffix || matcher.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(matcher.group(2)) + 1);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(size));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(matcher.matches() ? 206 : 200, to - from);
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // until all is there
            }
        }
        exchange.getResponseBody().write(bytes.array());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
