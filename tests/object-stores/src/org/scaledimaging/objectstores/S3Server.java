package org.scaledimaging.objectstores;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** S3Proxy as a process of its own: a folder whose folders are buckets, behind signatures that it checks. */
final class S3Server implements Closeable {
    static final String KEY = "reader-of-the-tests";
    static final String SECRET = "never-to-be-shown";

    private static final Path JARS =
            Path.of(System.getProperty("project.root")).resolve("tests/object-stores/server/target/jars");
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final int port;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether it is here; where it is not, that is printed. */
    static boolean isThere() {
        boolean there = Files.isDirectory(JARS);
        if (!there) {
            System.out.println("skipped: no S3Proxy in " + JARS + ", which the module beside puts there");
        }
        return there;
    }

    /**
     * @param folder the store
     * @param scratch where the server's settings and messages go
     */
    static S3Server start(Path folder, Path scratch) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path settings = Files.write(
                scratch.resolve("s3proxy.properties"),
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v4",
                        "s3proxy.identity=" + KEY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=filesystem",
                        "jclouds.filesystem.basedir=" + folder));
        Path quiet = Files.writeString(
                scratch.resolve("logback.xml"), "<configuration><root level=\"WARN\"/></configuration>");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + quiet, // else every byte is told of
                        "-cp",
                        JARS + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("s3proxy.log").toFile())
                .start();
        S3Server server = new S3Server(process, port);
        server.await();
        return server;
    }

    private void await() throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("S3Proxy ended with " + process.exitValue(), e);
                }
                Thread.sleep(100);
            }
        }
        throw new IOException("S3Proxy does not answer");
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
