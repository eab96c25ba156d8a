package org.scaledimaging.interoperability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that answers requests, a line of JSON each, until this process ends. */
final class Tool {
    private static final long SECONDS = 120;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader replies;

    private Tool(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.replies = process.inputReader(StandardCharsets.UTF_8);
    }

    /** It ends when its input does: when this process ends. */
    static Tool start(List<String> command, Path folder) throws IOException {
        return new Tool(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** A request to be filled in. */
    static ObjectNode request(String operation) {
        return JsonNodeFactory.instance.objectNode().put("operation", operation);
    }

    static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }

    static JsonNode json(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** @throws ToolException when the program says that it failed */
    synchronized JsonNode call(ObjectNode request) throws IOException {
        requests.write(request.toString());
        requests.newLine();
        requests.flush();
        String line;
        try {
            line = CompletableFuture.supplyAsync(this::line).get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("no answer to " + request, e);
        }
        if (line == null) {
            throw new IOException("it ended at " + request);
        }
        JsonNode reply = MAPPER.readTree(line);
        if (reply.has("error")) {
            throw new ToolException(reply.path("error").asText());
        }
        return reply;
    }

    private String line() {
        try {
            return replies.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    /** What the program said when it could not do what was asked for. */
    static final class ToolException extends IOException {
        private static final long serialVersionUID = 1L;

        ToolException(String message) {
            super(message);
        }
    }
}
