package org.scaledimaging.objectstores;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of its own.
 *
 * @param port at which it answers, on the loopback interface
 */
record ServerProcess(Process process, int port) implements Closeable {
    private static final int PATIENCE_SECONDS = 60;

    /** A port that nobody has. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @param messages the file for what it says
     */
    static ServerProcess start(List<String> command, int port, Path messages) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        ServerProcess server = new ServerProcess(process, port);
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return server;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException(command.get(0) + " ended with " + process.exitValue(), e);
                }
                Thread.sleep(100);
            }
        }
        server.close();
        throw new IOException(command.get(0) + " does not answer");
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
