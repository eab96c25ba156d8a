package org.knime.core.util;

/** Threads; in KNIME they have the context of the node that starts them. */
public final class ThreadUtils {
    private ThreadUtils() {}

    public static Thread threadWithContext(Runnable target, String name) {
        return new Thread(target, name);
    }
}
