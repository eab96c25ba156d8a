package org.scaledimaging.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection by the DevTools protocol: commands and their answers, and of the events those that tests look at. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final int SECONDS = 120;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> exceptions = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private DevTools() {}

    static DevTools connect(URI address) throws Exception {
        DevTools tools = new DevTools();
        tools.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, tools)
                .get(SECONDS, TimeUnit.SECONDS);
        return tools;
    }

    /**
     * Sends a command and waits for its result.
     *
     * @param session of the page that it is for; empty for the browser
     */
    JsonNode send(String session, String method, ObjectNode parameters) throws Exception {
        int number = last.incrementAndGet();
        ObjectNode command = MAPPER.createObjectNode().put("id", number).put("method", method);
        command.set("params", parameters);
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        synchronized (this) { // one message at a time
            socket.sendText(command.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        }
        JsonNode found = answer.get(SECONDS, TimeUnit.SECONDS);
        if (found.has("error")) {
            throw new IOException(method + ": " + found.path("error"));
        }
        return found.path("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
        text.append(part);
        if (isLast) {
            try {
                take(MAPPER.readTree(text.toString()));
            } catch (IOException e) {
                exceptions.add(e.toString());
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer =
                    waiting.remove(message.path("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
            return;
        }
        switch (message.path("method").asText()) {
            case "Network.requestWillBeSent" ->
                requests.add(message.at("/params/request/url").asText());
            case "Runtime.exceptionThrown" ->
                exceptions.add(message.at("/params/exceptionDetails").toString());
            default -> {
                // nothing that tests look at
            }
        }
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> exceptions() {
        return List.copyOf(exceptions);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
