package org.scaledimaging.benchmarks;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process takes from now on, looked at by a thread of its own. Linux. */
final class ProcessMemory {
    private static final long LOOK_MILLISECONDS = 50;

    private final boolean collect;
    private volatile long mostOwn;
    private volatile long mostHeld;

    /** @param collect whether garbage is collected before each look, which takes its time, so that what is held is seen */
    ProcessMemory(boolean collect) {
        this.collect = collect;
        Thread thread = new Thread(this::look, "memory");
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        try {
            while (true) {
                mostOwn = Math.max(mostOwn, bytes("/proc/self/status", "RssAnon:") * 1024);
                if (collect) {
                    System.gc();
                    long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                            .filter(pool -> pool.getName().equals("direct"))
                            .mapToLong(BufferPoolMXBean::getMemoryUsed)
                            .sum();
                    long heap = ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getUsed();
                    mostHeld = Math.max(mostHeld, heap + direct);
                }
                Thread.sleep(LOOK_MILLISECONDS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("what is measured would be wrong", e);
        }
    }

    /** A number that the system has for this process. */
    static long bytes(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(file + " has no " + name);
    }

    /** RssAnon at most, in bytes: what containers are bounded by. */
    long mostOwn() {
        return mostOwn;
    }

    /** Bytes of the heap and of buffers beside it after a collection, at most; 0 where none was asked for. */
    long mostHeld() {
        return mostHeld;
    }
}
