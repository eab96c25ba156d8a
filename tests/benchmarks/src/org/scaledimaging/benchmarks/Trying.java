package org.scaledimaging.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/**
 * Measures how long somebody waits who tries parameters: the requests of the page of {@code serve --open}, in its
 * order, on the uint16 OME-Zarr of {@link WholeJob} at factor 4. Printed is, for each change, the time until the coarse
 * picture is there and until the fine one is: of the preliminary result, where the plugin has one, and of the estimate.
 *
 * <p>Arguments: edge, folder, plugin, its changes as in {@code sigma=3;sigma=4}, the command line up to the verb.
 */
public final class Trying {
    private static final Pattern ADDRESS = Pattern.compile("open (http://[0-9.:]+)/");
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" content=\"([0-9a-f]+)\"");
    private static final int COARSE = 128;
    private static final int FINE = 512;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    private Trying(String address) {
        this.address = address;
    }

    public static void main(String[] arguments) throws Exception {
        int edge = Integer.parseInt(arguments[0]);
        Path input = Path.of(arguments[1]).resolve("input-" + edge + ".ome.zarr");
        if (!Files.exists(input)) {
            Image.of(new Phantom(edge, edge, edge))
                    .saveOmeZarr(
                            input, OmeZarrWriteOptions.defaults().withChunks(64).withLevels(1), Execution.standard());
        }
        List<String> command = new ArrayList<>(Arrays.asList(arguments).subList(4, arguments.length));
        command.addAll(List.of("serve", input.toString(), "--plugin", arguments[2], "--open"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY")); // no window
        long start = System.nanoTime();
        Process process = builder.redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader()) {
            Matcher found = ADDRESS.matcher("");
            for (String line = lines.readLine();
                    line != null && !found.reset(line).find();
                    line = lines.readLine()) {
                System.out.println(line);
            }
            System.out.printf(Locale.ROOT, "%s, until the page is there: %.2f s%n", arguments[2], since(start));
            new Trying(found.group(1)).changes(arguments[3].split(";"));
        } finally {
            process.destroy();
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        return checked(client.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private static String checked(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private void changes(String[] changes) throws Exception {
        Matcher token = TOKEN.matcher(get("/"));
        if (!token.find()) {
            throw new IOException("the page has no token");
        }
        JsonNode state = new ObjectMapper().readTree(get("/page/state"));
        for (String change : changes) {
            StringBuilder line = new StringBuilder(change);
            long start = System.nanoTime();
            for (String query : state.path("quicker").asBoolean() ? List.of("?preliminary", "") : List.of("")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/page/parameters" + query))
                        .header("Origin", address)
                        .header("X-Token", token.group(1))
                        .POST(HttpRequest.BodyPublishers.ofString("0." + change))
                        .build();
                state = new ObjectMapper()
                        .readTree(checked(client.send(request, HttpResponse.BodyHandlers.ofString())));
                line.append(String.format(
                        Locale.ROOT,
                        "; %s in %.2f s, answered after %.2f s",
                        query.isEmpty() ? "estimate" : "preliminary",
                        state.path("seconds").asDouble(),
                        since(start)));
                for (int size : new int[] {COARSE, FINE}) {
                    get(picture(state, size));
                    line.append(String.format(
                            Locale.ROOT, ", %s picture %.2f s", size == COARSE ? "coarse" : "fine", since(start)));
                }
            }
            System.out.println(line);
        }
    }

    private static String picture(JsonNode state, int size) {
        String axis = state.path("normals").get(0).asText();
        JsonNode window = state.path("windows").path("corrected");
        StringBuilder query = new StringBuilder("/page/picture.png?image=corrected&channel=0&time=0");
        Map<String, Object> more = Map.of(
                "version",
                state.path("version").asInt(),
                "axis",
                axis,
                "slice",
                state.path("lengths").path(axis).asLong() / 2,
                "size",
                size,
                "low",
                window.get(0).asDouble(),
                "high",
                window.get(1).asDouble());
        for (Iterator<Map.Entry<String, Object>> at = more.entrySet().iterator(); at.hasNext(); ) {
            Map.Entry<String, Object> entry = at.next();
            query.append('&').append(entry.getKey()).append('=').append(entry.getValue());
        }
        return query.toString();
    }
}
