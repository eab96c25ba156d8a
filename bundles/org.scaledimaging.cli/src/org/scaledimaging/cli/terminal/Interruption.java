package org.scaledimaging.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and other orders to end: the work is told to stop and given some seconds to clean up before the JVM is gone.
 */
public final class Interruption implements AutoCloseable {
    private static final int SECONDS_TO_CLEAN_UP = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "scaled-imaging-interruption");
    private volatile boolean requested;

    private Interruption() {}

    /** Listens until closed, which says that all is cleaned up. */
    public static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    public boolean requested() {
        return requested;
    }

    private void interrupt() {
        requested = true;
        try {
            ended.await(SECONDS_TO_CLEAN_UP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nothing more to wait for
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending: the hook runs, and stops waiting
        }
    }
}
