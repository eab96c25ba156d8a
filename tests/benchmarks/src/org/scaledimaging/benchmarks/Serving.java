package org.scaledimaging.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/**
 * Measures how long a viewer waits: the verb {@code serve} as a process of its own on the uint16 OME-Zarr of
 * {@link WholeJob}, Gaussian, factor 4. Printed are the time until the estimate is there, that of the first chunk of
 * each level and of others at random, one after the other and by 8 clients at once, and the process' most memory.
 *
 * <p>Arguments: edge, folder, the command line up to the verb.
 */
public final class Serving {
    private static final int CHUNK = 64;
    private static final int CLIENTS = 8;
    private static final int CHUNKS_EACH = 50;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random(1);
    private final int edge;
    private final String address;

    private Serving(int edge, String address) {
        this.edge = edge;
        this.address = address;
    }

    public static void main(String[] arguments) throws Exception {
        int edge = Integer.parseInt(arguments[0]);
        Path input = Path.of(arguments[1]).resolve("input-" + edge + ".ome.zarr");
        if (!Files.exists(input)) {
            Image.of(new Phantom(edge, edge, edge))
                    .saveOmeZarr(
                            input,
                            OmeZarrWriteOptions.defaults().withChunks(CHUNK).withLevels(1),
                            Execution.standard());
        }
        List<String> command = new ArrayList<>(Arrays.asList(arguments).subList(2, arguments.length));
        command.addAll(
                List.of("serve", input.toString(), "--plugin", "gaussian", "--downsample-factor", "4", "--quiet"));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            Serving corrected = new Serving(edge, lines.readLine());
            corrected.fetch(".zattrs");
            print("estimate and metadata", start);
            corrected.measure();
            System.out.println("most memory: " + mostMemory(process));
        } finally {
            process.destroy();
        }
    }

    private static void print(String what, long since) {
        System.out.printf(Locale.ROOT, "%s: %.0f ms%n", what, (System.nanoTime() - since) / 1e6);
    }

    private HttpRequest request(String key) {
        return HttpRequest.newBuilder(URI.create(address + "/" + key))
                .timeout(Duration.ofSeconds(300))
                .build();
    }

    private void fetch(String key) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request(key), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(key + ": status " + response.statusCode());
        }
    }

    private String chunk(int level) {
        int chunks = Math.max(1, (edge >> level) / CHUNK);
        return level + "/" + random.nextInt(chunks) + "/" + random.nextInt(chunks) + "/" + random.nextInt(chunks);
    }

    private void measure() throws Exception {
        int levels = 1;
        while (edge >> levels - 1 > CHUNK) {
            levels++;
        }
        for (int level = 0; level < levels; level++) {
            long start = System.nanoTime();
            fetch(chunk(level));
            print("level " + level + ", first chunk", start);
        }
        for (int level = 0; level < levels; level++) {
            double[] times = new double[CHUNKS_EACH];
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                fetch(chunk(level));
                times[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(times);
            System.out.printf(
                    Locale.ROOT,
                    "level %d, %d at random: median %.0f ms, most %.0f ms%n",
                    level,
                    times.length,
                    times[times.length / 2],
                    times[times.length - 1]);
        }
        long start = System.nanoTime();
        List<CompletableFuture<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Serving one = new Serving(edge, address);
            one.random.setSeed(100 + i);
            clients.add(CompletableFuture.runAsync(() -> one.several(CHUNKS_EACH)));
        }
        for (CompletableFuture<?> one : clients) {
            one.get();
        }
        print(CLIENTS + " clients, " + CHUNKS_EACH + " chunks of level 0 each", start);
    }

    private void several(int count) {
        List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(client.sendAsync(request(chunk(0)), HttpResponse.BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> one : asked) {
            if (one.join().statusCode() != 200) {
                throw new IllegalStateException("status " + one.join().statusCode());
            }
        }
    }

    private static String mostMemory(Process process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.isReadable(status)) {
            return "not told by this system";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("unknown")
                .replaceAll("VmHWM:\\s*", "");
    }
}
