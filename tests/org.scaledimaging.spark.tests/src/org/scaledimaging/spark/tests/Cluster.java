package org.scaledimaging.spark.tests;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A standalone cluster of Spark on the loopback interface: a master and workers, each a process of its own. */
final class Cluster implements Closeable {
    private static final String HOST = "127.0.0.1";
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final String master;
    private final List<SparkProcess> processes = new ArrayList<>();

    private Cluster(Path folder, String master) {
        this.folder = folder;
        this.master = master;
    }

    /** A master without workers. */
    static Cluster start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder);
        Cluster cluster = new Cluster(folder, "spark://" + HOST + ":" + port);
        Path log = folder.resolve("master.log");
        cluster.processes.add(SparkProcess.ofCluster(
                log,
                HOST,
                List.of(),
                "org.apache.spark.deploy.master.Master",
                "--host",
                HOST,
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0"));
        await(log, "I have been elected leader");
        return cluster;
    }

    String master() {
        return master;
    }

    /**
     * Adds a worker of one core.
     *
     * @param prefix of the command that starts it
     */
    SparkProcess addWorker(String... prefix) throws IOException, InterruptedException {
        return addWorkerOn(HOST, prefix);
    }

    /** Adds a worker of one core on an address that stands for another computer. */
    SparkProcess addWorkerOn(String host, String... prefix) throws IOException, InterruptedException {
        Path log = folder.resolve("worker-" + processes.size() + ".log");
        SparkProcess worker = SparkProcess.ofCluster(
                log,
                host,
                List.of(prefix),
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                host,
                "--cores",
                "1",
                "--memory",
                "500m",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("work-" + processes.size()).toString(),
                master);
        processes.add(worker);
        await(log, "Successfully registered with master");
        return worker;
    }

    private static void await(Path log, String message) throws IOException, InterruptedException {
        for (int tenths = 0; tenths < 10 * PATIENCE_SECONDS; tenths++) {
            if (Files.exists(log) && Files.readString(log).contains(message)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException("no \"" + message + "\" in " + Files.readString(log));
    }

    @Override
    public void close() throws IOException {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).close();
        }
    }
}
