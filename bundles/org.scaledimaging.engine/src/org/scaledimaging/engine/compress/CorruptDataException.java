package org.scaledimaging.engine.compress;

/**
 * Encoded bytes are not what an encoder writes, or cannot be decoded here. Whoever knows the file they came from turns this into an
 * {@link org.scaledimaging.engine.message.ImageFormatException} that names it.
 */
public final class CorruptDataException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    /**
     * @param found what the bytes hold, as in "zstd data that are damaged"
     * @param expected what they should hold
     */
    public CorruptDataException(String found, String expected) {
        super("found " + found + ", expected " + expected);
        this.found = found;
        this.expected = expected;
    }

    /** The same with what was thrown when the bytes were decoded. */
    public CorruptDataException(String found, String expected, Throwable cause) {
        this(found, expected);
        initCause(cause);
    }

    /** What the bytes hold. */
    public String found() {
        return found;
    }

    /** What they should hold. */
    public String expected() {
        return expected;
    }
}
