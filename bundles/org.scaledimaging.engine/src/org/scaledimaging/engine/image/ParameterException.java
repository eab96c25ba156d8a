package org.scaledimaging.engine.image;

/**
 * A parameter or option that cannot be used. The message is one sentence that names it, what was given and what is
 * accepted, fit to be shown to a user.
 */
public final class ParameterException extends Exception {
    private static final long serialVersionUID = 1L;

    public ParameterException(String message) {
        super(VisibleText.of(message));
    }

    /**
     * @param name of the parameter or option
     * @param found the value given
     * @param expected what is accepted, as in "a number above 0"
     */
    public ParameterException(String name, Object found, String expected) {
        this(name + ": found " + (String.valueOf(found).isBlank() ? "nothing" : found) + ", expected " + expected
                + ".");
    }
}
