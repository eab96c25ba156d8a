package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.message.Message;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOrRearrangerConsumer;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.FileFailures;

/** Runs what nodes do, and says what went wrong in KNIME's exceptions: one sentence for what a user can change. */
final class Work {
    private Work() {}

    /** What a node does to configure itself. */
    @FunctionalInterface
    interface Configuring {
        void accept(ConfigureInput input, ConfigureOutput output)
                throws InvalidSettingsException, ParameterException, IOException;
    }

    /** What a node does when it is executed. */
    @FunctionalInterface
    interface Executing {
        void accept(ExecuteInput input, ExecuteOutput output, Execution execution)
                throws ParameterException, IOException;
    }

    /** A check of settings. */
    @FunctionalInterface
    interface Check {
        void run() throws ParameterException;
    }

    static void validate(Check check) throws InvalidSettingsException {
        try {
            check.run();
        } catch (ParameterException e) {
            throw new InvalidSettingsException(sentence(e), e);
        } catch (UncheckedIOException e) {
            throw new InvalidSettingsException(sentence(e.getCause()), e.getCause());
        }
    }

    static ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure(Configuring configuring) {
        return (input, output) -> {
            if (Arrays.asList(input.getInPortSpecs()).contains(null)) {
                return; // what comes in is not known yet, nor is what goes out
            }
            try {
                configuring.accept(input, output);
            } catch (ParameterException | IOException e) {
                throw new InvalidSettingsException(sentence(e), e);
            } catch (UncheckedIOException e) {
                throw new InvalidSettingsException(sentence(e.getCause()), e.getCause());
            }
        };
    }

    /**
     * Runs in a thread of its own, so that the node is cancelled at once whatever the work is waiting for. Warnings become
     * the node's message, a line each.
     */
    static ExecuteConsumer execute(Executing executing) {
        return (input, output) -> {
            List<String> warnings = Collections.synchronizedList(new ArrayList<>());
            Consumer<Notice> notices = notice -> {
                if (notice.kind() == Notice.Kind.WARNING) {
                    warnings.add(notice.sentence(new Titles(Optional.empty())));
                }
            };
            CancellableThread thread = new CancellableThread(
                    input.getExecutionContext(),
                    execution -> executing.accept(input, output, execution.withNotices(notices)));
            try {
                thread.run();
                if (!warnings.isEmpty()) {
                    output.setWarningMessage(String.join("\n", warnings));
                }
            } catch (CancellationException e) {
                throw new CanceledExecutionException(e.getMessage());
            } catch (ParameterException | IOException e) {
                throw failure(sentence(e), e);
            } catch (UncheckedIOException e) {
                throw failure(sentence(e.getCause()), e.getCause());
            } catch (OutOfMemoryError e) {
                throw failure(
                        "Memory: found " + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MiB, expected more (-Xmx in knime.ini), or a larger downsample factor.",
                        e);
            }
        };
    }

    /** What went wrong, with settings called as the dialogs call them. */
    static String sentence(Exception e) {
        if (e instanceof ParameterException parameter) {
            return FileFailures.oneLine(parameter.sentence(new Titles(parameter.plugin())));
        }
        return e instanceof IOException failure
                ? FileFailures.sentence(failure, new Titles(Optional.empty()))
                : FileFailures.oneLine(e.getMessage());
    }

    /** KNIME logs failures with their stack traces: what a sentence says in full has none. */
    private static KNIMEException failure(String sentence, Throwable cause) {
        if (!isSaid(cause)) {
            return KNIMEException.of(Message.fromSummary(sentence), cause);
        }
        KNIMEException failure = KNIMEException.of(Message.fromSummary(sentence), null);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    private static boolean isSaid(Throwable cause) {
        return cause.getCause() == null
                && (cause instanceof ParameterException
                        || cause instanceof ImageFormatException
                        || cause instanceof TargetException);
    }
}
