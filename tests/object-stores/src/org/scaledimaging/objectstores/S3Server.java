package org.scaledimaging.objectstores;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** S3Proxy as a process of its own: a folder whose folders are buckets, behind signatures that it checks. */
final class S3Server implements Closeable {
    private static final Path JARS =
            Path.of(System.getProperty("project.root")).resolve("tests/object-stores/server/target/jars");

    private final ServerProcess process;

    private S3Server(ServerProcess process) {
        this.process = process;
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
        int port = ServerProcess.freePort();
        Path settings = Files.write(
                scratch.resolve("s3proxy.properties"),
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v4",
                        "s3proxy.identity=" + CommandLine.KEY,
                        "s3proxy.credential=" + CommandLine.SECRET,
                        "jclouds.provider=filesystem",
                        "jclouds.filesystem.basedir=" + folder));
        Path quiet = Files.writeString(
                scratch.resolve("logback.xml"), "<configuration><root level=\"WARN\"/></configuration>");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + quiet, // else every byte is told of
                "-cp",
                JARS + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString());
        return new S3Server(ServerProcess.start(command, port, scratch.resolve("s3proxy.log")));
    }

    int port() {
        return process.port();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
