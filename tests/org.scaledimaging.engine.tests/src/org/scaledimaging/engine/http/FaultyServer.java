package org.scaledimaging.engine.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server on this computer that hands out a folder, and misbehaves as it is told. */
public final class FaultyServer implements Closeable {
    private static final Pattern RANGE = Pattern.compile("range: bytes=(\\d*)-(\\d*)", Pattern.CASE_INSENSITIVE);

    /** What a server can do instead of what it should. */
    public enum Fault {
        NONE,
        /** The connection is closed before anything is said. */
        HANG_UP,
        /** It is closed in the middle of the body. */
        HANG_UP_IN_BODY,
        /** Half of the body is sent as if it were all. */
        HALF_A_BODY,
        /** Nothing is ever said. */
        SILENCE,
        /** Nothing more is said in the middle of the body. */
        SILENCE_IN_BODY,
        /** The body comes byte by byte, twenty a second. */
        DRIP,
        /** Ranges are not known. */
        IGNORE_RANGE,
        /** Ranges that count from the end are not known. */
        REFUSE_SUFFIX,
        /** They are taken for ranges that count from the start, and one byte too long. */
        MISTAKE_SUFFIX,
        /** Another range is sent than was asked for. */
        WRONG_RANGE,
        /** The body comes in pieces, without a length. */
        NO_LENGTH,
        NOT_FOUND,
        FORBIDDEN,
        UNAUTHORIZED,
        TOO_MANY_REQUESTS,
        UNAVAILABLE,
        /** To the same path on this server, after /moved. */
        REDIRECT,
        /** The same, by the server's other name. */
        REDIRECT_TO_LOCALHOST
    }

    /** Decides on each request. */
    @FunctionalInterface
    public interface Behaviour {
        /** @param time how often the path was asked for before */
        Fault of(String path, int time);
    }

    private final ServerSocket server;
    private final Path folder;
    private final Map<String, Integer> times = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private volatile Behaviour behaviour = (path, time) -> Fault.NONE;
    private volatile String extraHeaders = "";
    private final AtomicLong sent = new AtomicLong();

    public FaultyServer(Path folder) throws IOException {
        this.folder = folder;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(() -> {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                start(() -> serve(socket));
            }
        });
    }

    /** Does something that ends with a broken connection. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // the client, or the test, is done
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    public String address(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/" + path;
    }

    public void behave(Behaviour newBehaviour) {
        behaviour = newBehaviour;
        synchronized (times) {
            times.clear();
        }
    }

    /** Further header lines of each response, each with its line end. */
    public void setHeaders(String lines) {
        extraHeaders = lines;
    }

    /** The first lines of the requests so far; of those for what is unchanged, which says so, with these words behind. */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** The ranges that were sent so far: the path and the first and last byte, as in {@code /a/0 16-31}. */
    public List<String> ranges() {
        synchronized (ranges) {
            return List.copyOf(ranges);
        }
    }

    /** How many bytes of bodies went out. */
    public long sent() {
        return sent.get();
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            socket.setTcpNoDelay(true); // or else what is sent in two parts takes 40 ms
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String request = head(in); !request.isEmpty(); request = head(in)) {
                if (!answer(request, out)) {
                    return;
                }
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** @return whether the connection is to be used again */
    private boolean answer(String request, OutputStream out) throws IOException, InterruptedException {
        String[] words = request.split("[ \r]", 4);
        boolean unchanged = !tag(request, "If-None-Match").isEmpty()
                && tag(request, "If-None-Match").equals(tag(extraHeaders, "ETag"));
        requests.add(words[0] + " " + words[1] + (unchanged ? " which is unchanged" : ""));
        String path = words[1].substring(1).replaceAll("\\?.*", "");
        int time;
        synchronized (times) {
            time = times.merge(path, 1, Integer::sum) - 1;
        }
        Fault fault = behaviour.of(path, time);
        String plain = path.startsWith("moved/") ? path.substring(6) : path;
        Path file = folder.resolve(URLDecoder.decode(plain, StandardCharsets.UTF_8));
        boolean exists = Files.isRegularFile(file);
        byte[] content = exists ? Files.readAllBytes(file) : new byte[0];
        boolean head = words[0].equals("HEAD");
        switch (fault) {
            case HANG_UP:
                return false;
            case SILENCE:
                Thread.sleep(60_000);
                return false;
            case NOT_FOUND:
                return say(out, head, "404 Not Found");
            case FORBIDDEN:
                return say(out, head, "403 Forbidden");
            case UNAUTHORIZED:
                return say(out, head, "401 Unauthorized");
            case TOO_MANY_REQUESTS:
                return say(out, head, "429 Too Many Requests");
            case UNAVAILABLE:
                return say(out, head, "503 Service Unavailable");
            case REDIRECT:
                return say(out, head, "302 Found\r\nLocation: /moved/" + path);
            case REDIRECT_TO_LOCALHOST:
                String other = "http://localhost:" + server.getLocalPort() + "/moved/" + path;
                return say(out, head, "302 Found\r\nLocation: " + other);
            default:
        }
        if (!exists) {
            return say(out, head, "404 Not Found");
        }
        if (unchanged) {
            send(out, "HTTP/1.1 304 Not Modified\r\n" + extraHeaders + "\r\n");
            return true;
        }
        int from = 0;
        int to = content.length;
        String status = "200 OK";
        String contentRange = "";
        Matcher range = RANGE.matcher(request);
        if (range.find() && fault != Fault.IGNORE_RANGE) {
            boolean suffix = range.group(1).isEmpty();
            if (suffix && fault == Fault.REFUSE_SUFFIX || !suffix && Long.parseLong(range.group(1)) >= to) {
                return say(out, head, "416 Range Not Satisfiable");
            }
            from = suffix ? Math.max(0, to - Integer.parseInt(range.group(2))) : Integer.parseInt(range.group(1));
            boolean mistaken = suffix && fault == Fault.MISTAKE_SUFFIX;
            to = suffix ? to : (int) Math.min(to, Long.parseLong(range.group(2)) + 1);
            from = mistaken ? 0 : from;
            to = mistaken ? Math.min(to, Integer.parseInt(range.group(2)) + 1) : to;
            from += fault == Fault.WRONG_RANGE ? 1 : 0;
            status = "206 Partial Content";
            ranges.add(words[1] + " " + from + "-" + (to - 1));
            contentRange = "Content-Range: bytes " + from + "-" + (to - 1) + "/" + content.length + "\r\n";
        }
        boolean pieces = fault == Fault.NO_LENGTH && !head;
        int length = fault == Fault.HALF_A_BODY && !head ? (to - from) / 2 : to - from;
        String framing = pieces ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + length + "\r\n";
        send(out, "HTTP/1.1 " + status + "\r\n" + extraHeaders + contentRange + framing + "\r\n");
        if (head) {
            return true;
        }
        boolean breaks = fault == Fault.HANG_UP_IN_BODY || fault == Fault.SILENCE_IN_BODY;
        int part = breaks ? length / 2 : length;
        if (pieces) {
            send(out, Integer.toHexString(length) + "\r\n");
        }
        for (; fault == Fault.DRIP && part > 0; from++, part--) {
            out.write(content, from, 1);
            out.flush();
            Thread.sleep(50);
        }
        sent.addAndGet(part); // before the client can have it, and ask
        out.write(content, from, part);
        out.flush();
        if (pieces) {
            send(out, "\r\n0\r\n\r\n");
        }
        if (fault == Fault.SILENCE_IN_BODY) {
            Thread.sleep(60_000);
        }
        return !breaks;
    }

    private static String tag(String lines, String name) {
        Matcher header = Pattern.compile("(?i)" + name + ": (\"[^\"]*\")").matcher(lines);
        return header.find() ? header.group(1) : "";
    }

    private boolean say(OutputStream out, boolean head, String status) throws IOException {
        String body = head ? "" : "<Error>none of your business</Error>";
        send(
                out,
                "HTTP/1.1 " + status + "\r\n" + extraHeaders + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        return true;
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (open) {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
