package org.scaledimaging.spark.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.PixelType;

/** Spark reads images of an object store, and writes there: in S3Proxy, whose buckets are folders. */
class ObjectStoreJobTest {
    private static final String KEY = "key-of-the-tests";
    private static final String SECRET = "never-to-be-shown";
    private static final int PATIENCE_SECONDS = 60;
    private static final Path JARS =
            Path.of(System.getProperty("project.root"), "tests/object-stores/server/target/jars");

    @TempDir
    private static Path folder;

    private static Path bucket;
    private static Process server;
    private static SparkProcess commands;
    private static String endpoint;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(JARS), "S3Proxy is there");
        bucket = Files.createDirectories(folder.resolve("store/images"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        endpoint = "http://127.0.0.1:" + port;
        server = server();
        await(port);
        commands = SparkProcess.ofCommands(
                Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET),
                "-Dspark.scaledimaging.taskVoxels=30000");
    }

    private static Process server() throws IOException {
        Path settings = Files.write(
                folder.resolve("s3proxy.properties"),
                List.of(
                        "s3proxy.endpoint=" + endpoint,
                        "s3proxy.authorization=aws-v4",
                        "s3proxy.identity=" + KEY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=filesystem",
                        "jclouds.filesystem.basedir=" + bucket.getParent()));
        Path quiet = Files.writeString(
                folder.resolve("logback.xml"), "<configuration><root level=\"WARN\"/></configuration>");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String logging = "-Dlogback.configurationFile=" + quiet;
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        logging,
                        "-cp",
                        JARS + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
    }

    private static void await(int port) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); ; Thread.sleep(100)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                assertTrue(server.isAlive() && System.nanoTime() < end, "it answers");
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (commands != null) {
            commands.close();
        }
        if (server != null) {
            server.destroyForcibly();
        }
    }

    private static String run(String... arguments) throws IOException {
        SparkProcess.Answer answer = commands.run(arguments);
        assertEquals(0, answer.exitCode(), answer.text());
        return answer.text();
    }

    /** What is in each file, as if arrays had plain names. */
    private static Map<String, String> content(Path image) throws IOException {
        String ending = "(\\d+)-[0-9a-f]{8}(?=[/\"])";
        Map<String, String> content = new TreeMap<>();
        for (String file : Samples.files(image)) {
            String text = Files.readString(image.resolve(file), StandardCharsets.ISO_8859_1);
            boolean named = file.endsWith(".json");
            content.put(file.replaceAll(ending, "$1"), named ? text.replaceAll(ending, "$1") : text);
        }
        return content;
    }

    @Test
    void aJobFromAStoreToAStoreIsWhatThreadsMakeOfFoldersAndTellsNoKeys() throws Exception {
        Samples.image(bucket, "volume", PixelType.UINT16, 70, 61, 83);
        Path recipe = folder.resolve("recipe.json");
        List<String> job = List.of("--plugin", "gaussian", "-p", "sigma=2", "--chunks", "16", "--shards", "32");
        List<String> here =
                new ArrayList<>(List.of("process", bucket + "/volume.ome.zarr", bucket + "/threads.ome.zarr"));
        here.addAll(job);
        run(here.toArray(String[]::new));
        List<String> there =
                new ArrayList<>(List.of("process", "s3://images/volume.ome.zarr", "s3://images/spark.ome.zarr"));
        there.addAll(job);
        there.addAll(List.of("--executor", "spark", "--master", "local[2]", "--endpoint", endpoint));
        there.addAll(List.of("--verbose", "--save-recipe", recipe.toString()));
        String said = run(there.toArray(String[]::new));
        Map<String, String> made = content(bucket.resolve("spark.ome.zarr"));
        Map<String, String> expected = content(bucket.resolve("threads.ome.zarr"));
        assertEquals(expected.keySet(), made.keySet());
        expected.remove("zarr.json"); // in which the input is another
        expected.forEach((file, text) -> assertTrue(text.equals(made.get(file)), () -> file + " is another"));
        assertFalse(Files.exists(bucket.resolve("spark.ome.zarr/.writing")));
        List<String> texts = new ArrayList<>(made.values());
        texts.addAll(List.of(said, Files.readString(recipe)));
        texts.forEach(text -> assertFalse(text.contains(KEY) || text.contains(SECRET), text));
    }
}
