package org.scaledimaging.knime.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.message.Message;
import org.knime.node.DefaultModel;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOrRearrangerConsumer;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultModel.RequireModelParameters;
import org.knime.node.parameters.NodeParameters;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.Titles;
import org.scaledimaging.knime.view.PortPreview;

/** Runs what nodes do, and says what went wrong in KNIME's exceptions: one sentence for what a user can change. */
public final class Work {
    static {
        PortPreview.offer(); // KNIME asks for it when a port of a node is looked at
    }

    private Work() {}

    /** What a node does to configure itself. */
    @FunctionalInterface
    public interface Configuring {
        void accept(ConfigureInput input, ConfigureOutput output)
                throws InvalidSettingsException, ParameterException, IOException;
    }

    /** What a node does when it is executed. */
    @FunctionalInterface
    public interface Executing {
        void accept(ExecuteInput input, ExecuteOutput output, Execution execution)
                throws ParameterException, IOException;
    }

    /** The model of a node that has a dialog and is configured and executed so. */
    public static Function<RequireModelParameters, DefaultModel> model(
            Class<? extends NodeParameters> dialog, Configuring configuring, Executing executing) {
        return model ->
                model.parametersClass(dialog).configure(configure(configuring)).execute(execute(executing));
    }

    private static ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure(Configuring configuring) {
        return (input, output) -> {
            if (Arrays.asList(input.getInPortSpecs()).contains(null)) {
                return; // what comes in is not known yet, nor is what goes out
            }
            try {
                configuring.accept(input, output);
            } catch (ParameterException | IOException e) {
                throw new InvalidSettingsException(Sentences.of(e), e);
            } catch (UncheckedIOException e) {
                throw new InvalidSettingsException(Sentences.of(e.getCause()), e.getCause());
            }
        };
    }

    /**
     * Runs in a thread of its own, so that the node is cancelled at once whatever the work is waiting for. Warnings become
     * the node's message, a line each.
     */
    private static ExecuteConsumer execute(Executing executing) {
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
                throw failure(Sentences.of(e), e);
            } catch (UncheckedIOException e) {
                throw failure(Sentences.of(e.getCause()), e.getCause());
            } catch (OutOfMemoryError e) {
                throw failure(
                        "Memory: found " + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MiB, expected more (-Xmx in knime.ini), or a larger downsample factor.",
                        e);
            }
        };
    }

    /** What is known of the image at the first port that takes one. */
    public static ScaledImagePortObjectSpec image(ConfigureInput input) {
        return only(ScaledImagePortObjectSpec.class, input.getInPortSpecs());
    }

    /** The image at the first port that takes one. */
    public static ScaledImagePortObject image(ExecuteInput input) {
        return only(ScaledImagePortObject.class, input.getInPortObjects());
    }

    private static <T> T only(Class<T> type, Object[] ports) {
        return type.cast(
                Arrays.stream(ports).filter(type::isInstance).findFirst().orElseThrow());
    }

    /** Warns, while a node is configured, of a place to write to that will be refused if it stays as it is. */
    public static void warn(Path target, boolean overwrite, ConfigureOutput output) {
        try {
            AtomicTarget.check(target, overwrite, List.of());
        } catch (IOException e) {
            output.setWarningMessage(Sentences.of(e));
        }
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
