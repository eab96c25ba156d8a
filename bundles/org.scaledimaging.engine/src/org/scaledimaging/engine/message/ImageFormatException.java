package org.scaledimaging.engine.message;

import java.io.IOException;

/**
 * A file or folder is not what it should be. The message is one sentence that names it, what was found and what was
 * expected, fit to be shown to a user.
 */
public final class ImageFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Of what was found, so many characters at most: a file may hold anything. */
    private static final int LONGEST = 400;

    private final String expected;

    /**
     * @param location the file, folder or address
     * @param found what it holds, as in "dimension 3 is 0"; the end of a long text is left out
     * @param expected what it should hold, as in "a length of at least 1"; mentions of {@link Setting}s are understood
     */
    public ImageFormatException(Object location, String found, String expected) {
        super(VisibleText.of(location + ": found ") + start(VisibleText.of(found)) + ", expected ");
        this.expected = VisibleText.of(expected + ".");
    }

    private static String start(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }

    /** One with what caused it. */
    public ImageFormatException(Object location, String found, String expected, Throwable cause) {
        this(location, found, expected);
        initCause(cause);
    }

    private ImageFormatException(String sentence, ParameterException cause) {
        super(VisibleText.of(sentence), cause);
        this.expected = "";
    }

    /** One about a value that a file holds: the value's sentence, after the file's name. */
    public static ImageFormatException about(Object location, ParameterException value) {
        return new ImageFormatException(location + ": " + value.getMessage(), value);
    }

    /** The sentence, with settings in words. */
    @Override
    public String getMessage() {
        return sentence(Setting.IN_WORDS);
    }

    /** The sentence, with settings as a user knows them; what the file says is left as it is. */
    public String sentence(Setting.Names names) {
        return super.getMessage() + Setting.named(expected, names);
    }
}
