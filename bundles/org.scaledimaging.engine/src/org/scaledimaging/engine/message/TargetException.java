package org.scaledimaging.engine.message;

import java.io.IOException;

/** A place that cannot be written to. The message is one sentence that names it, for users. */
public final class TargetException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param target the file or folder
     * @param found what is wrong with it, as in "a file of that name"
     * @param expected what would do, as in "a name that is free"; mentions of {@link Setting}s are understood
     */
    public TargetException(Object target, String found, String expected) {
        super(VisibleText.of(target + ": found " + found + ", expected " + expected + "."));
    }

    /** One with what caused it. */
    public TargetException(Object target, String found, String expected, Throwable cause) {
        this(target, found, expected);
        initCause(cause);
    }

    /** The sentence, with settings in words. */
    @Override
    public String getMessage() {
        return sentence(Setting.IN_WORDS);
    }

    /** The sentence, with settings as a user knows them. */
    public String sentence(Setting.Names names) {
        return Setting.named(super.getMessage(), names);
    }
}
