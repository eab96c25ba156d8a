package org.scaledimaging.engine.s3.write;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.scaledimaging.engine.s3.S3Options;

/** A bucket of an object store with conditional writes and objects in parts, which this process asks until it is closed. */
public final class StoreInMemory implements Closeable {
    public static final URI IMAGE = URI.create("s3://bucket/image.zarr");

    public final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** Objects that were begun: their parts by their numbers, below {@code key?number of the upload}. */
    final Map<String, Map<Integer, byte[]>> begun = new ConcurrentSkipListMap<>();

    /** All that was asked: method, key and query. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** Told of each before it is answered. */
    volatile Consumer<String> before = what -> {};

    /** What it refuses, as it is told in {@link #asked}. */
    volatile String refused = "";

    /** How many seconds later its clock says of what is written from now on. */
    public volatile long later;

    private final Map<String, Instant> written = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public StoreInMemory() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/bucket/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
        System.setProperty(
                S3Options.ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
        System.setProperty(S3Options.ANONYMOUS, "true");
    }

    @Override
    public void close() {
        System.clearProperty(S3Options.ENDPOINT);
        System.clearProperty(S3Options.ANONYMOUS);
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().substring("/bucket/".length());
        Map<String, String> query = query(exchange.getRequestURI());
        String what = exchange.getRequestMethod() + " " + key
                + query.keySet().stream().map(name -> " " + name).collect(Collectors.joining());
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(what);
        String upload = key + "?" + query.get("uploadId");
        boolean known = begun.containsKey(upload); // a part that has been heard is kept, whatever is said meanwhile
        before.accept(what);
        synchronized (this) {
            if (what.equals(refused)) {
                send(exchange, 403, "");
            } else if (known && exchange.getRequestMethod().equals("PUT")) {
                begun.computeIfAbsent(upload, gone -> new TreeMap<>())
                        .put(Integer.parseInt(query.get("partNumber")), body);
                exchange.getResponseHeaders().set("ETag", tag(body));
                send(exchange, 200, "");
            } else if (query.containsKey("uploadId") || query.containsKey("uploads")) {
                inParts(exchange, key, upload, query);
            } else {
                whole(exchange, key, query, body);
            }
        }
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> query = new TreeMap<>();
        for (String one : String.valueOf(address.getRawQuery()).split("&")) {
            String[] pair = one.split("=", 2);
            query.put(pair[0], pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        query.remove("null");
        return query;
    }

    private void whole(HttpExchange exchange, String key, Map<String, String> query, byte[] body) throws IOException {
        String method = exchange.getRequestMethod();
        byte[] there = objects.get(key);
        if (method.equals("PUT")) {
            String none = exchange.getRequestHeaders().getFirst("If-None-Match");
            String match = exchange.getRequestHeaders().getFirst("If-Match");
            boolean other = none != null && there != null || match != null && !match.equals(tag(there));
            if (other) {
                send(exchange, 412, "");
                return;
            }
            objects.put(key, body);
            written.put(key, Instant.now().plusSeconds(later));
            exchange.getResponseHeaders().set("ETag", tag(body));
            send(exchange, 200, "");
        } else if (method.equals("DELETE")) {
            objects.remove(key);
            send(exchange, 204, "");
        } else if (key.isEmpty()) {
            send(exchange, 200, list("ListBucketResult", "Contents", keys(query), query.getOrDefault("prefix", "")));
        } else if (there == null) {
            send(exchange, 404, "");
        } else {
            exchange.getResponseHeaders().set("ETag", tag(there));
            if (written.containsKey(key)) {
                String time = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        written.get(key).atOffset(ZoneOffset.UTC));
                exchange.getResponseHeaders().set("Last-Modified", time);
            }
            send(exchange, 200, there);
        }
    }

    private void inParts(HttpExchange exchange, String key, String upload, Map<String, String> query)
            throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("POST") && query.containsKey("uploads")) {
            String id = Integer.toString(asked.size());
            begun.put(key + "?" + id, new TreeMap<>());
            send(
                    exchange,
                    200,
                    "<I><InitiateMultipartUploadResult><UploadId>" + id
                            + "</UploadId></InitiateMultipartUploadResult></I>");
        } else if (method.equals("GET") && query.containsKey("uploads")) {
            send(exchange, 200, list("ListMultipartUploadsResult", "Upload", begun.keySet(), query.get("prefix")));
        } else if (!begun.containsKey(upload)) {
            send(exchange, 404, "");
        } else if (method.equals("POST")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] part : begun.remove(upload).values()) {
                all.write(part);
            }
            objects.put(key, all.toByteArray());
            send(exchange, 200, "<CompleteMultipartUploadResult/>");
        } else if (method.equals("DELETE")) {
            begun.remove(upload);
            send(exchange, 204, "");
        } else {
            send(
                    exchange,
                    200,
                    list(
                            "ListPartsResult",
                            "Part",
                            begun.get(upload).keySet().stream()
                                    .map(String::valueOf)
                                    .toList(),
                            ""));
        }
    }

    private List<String> keys(Map<String, String> query) {
        int start = query.getOrDefault("prefix", "").length();
        return objects.keySet().stream()
                .filter(key -> !query.containsKey("delimiter") || key.indexOf('/', start) < 0)
                .toList();
    }

    private String list(String result, String element, Collection<String> keys, String prefix) {
        StringBuilder text = new StringBuilder("<" + result + ">");
        for (String key : keys) {
            if (key.startsWith(prefix)) {
                String[] names = key.split("\\?");
                text.append("<" + element + "><Key>" + names[0] + "</Key><UploadId>" + names[names.length - 1]
                        + "</UploadId><ETag>" + tag(objects.get(key)).replace("\"", "&quot;") + "</ETag></" + element
                        + ">");
            }
        }
        return text.append("</" + result + ">").toString();
    }

    private static String tag(byte[] bytes) {
        return bytes == null ? "" : "\"" + Arrays.hashCode(bytes) + "\"";
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
