package org.scaledimaging.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import org.scaledimaging.engine.message.VisibleText;

/**
 * A plugin's own code failed: a fault of the plugin, which is neither the user's nor ours. The message is one sentence that
 * names the plugin, the exception and the line that threw it; the cause is the exception.
 */
public final class PluginFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private PluginFailure(String plugin, String step, Throwable cause) {
        super(
                VisibleText.of("Plugin " + plugin + ": found " + text(cause) + " in its " + step
                        + ", expected a plugin that does not fail there."),
                cause);
    }

    /** A failure in another process: as that one said it, without the exception, whose class may be unknown here. */
    private PluginFailure(String message) {
        super(message);
    }

    /**
     * What to throw on for an exception out of a plugin's code. Not all are a fault of the plugin's: files that it could
     * not read, cancelling, and memory that ran out are thrown on as what they are.
     *
     * @param plugin whose code was called
     * @param step which part of it, as in "low-resolution step"
     */
    public static IOException in(Plugin plugin, String step, Throwable e) {
        return in(plugin.description().id(), step, e);
    }

    /**
     * As {@link #in(Plugin, String, Throwable)}, where there is no plugin yet.
     *
     * @param plugin its id, or the class of its provider
     */
    public static IOException in(String plugin, String step, Throwable e) {
        if (e instanceof UncheckedIOException unchecked) {
            return unchecked.getCause();
        } else if (e instanceof IOException failure) {
            return failure;
        } else if (e instanceof CancellationException cancelled) {
            throw cancelled;
        } else if (e instanceof OutOfMemoryError memory) {
            throw memory;
        }
        return new PluginFailure(plugin, step, e);
    }

    /** The same as it can be sent to a process that may not know the exception's class. */
    public PluginFailure withoutCause() {
        PluginFailure told = new PluginFailure(getMessage());
        told.setStackTrace(new StackTraceElement[0]);
        return told;
    }

    private static String text(Throwable cause) {
        String text = cause.toString();
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.")) {
                return text + " at " + frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")";
            }
        }
        return text;
    }
}
