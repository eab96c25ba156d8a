package org.scaledimaging.knime.setting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;

/** Says what went wrong in one sentence, in which settings are called as the dialogs call them. */
public final class Sentences {
    private Sentences() {}

    /** A check of settings. */
    @FunctionalInterface
    public interface Check {
        void run() throws ParameterException;
    }

    /** Refuses, in KNIME's exception, what a check refuses. */
    public static void validate(Check check) throws InvalidSettingsException {
        try {
            check.run();
        } catch (ParameterException e) {
            throw new InvalidSettingsException(of(e), e);
        } catch (UncheckedIOException e) {
            throw new InvalidSettingsException(of(e.getCause()), e.getCause());
        }
    }

    /** What went wrong, with settings called as the dialogs call them. */
    public static String of(Exception e) {
        if (e instanceof ParameterException parameter) {
            return FileFailures.oneLine(parameter.sentence(new Titles(parameter.plugin())));
        }
        return e instanceof IOException failure
                ? FileFailures.sentence(failure, new Titles(Optional.empty()))
                : FileFailures.oneLine(e.getMessage());
    }
}
