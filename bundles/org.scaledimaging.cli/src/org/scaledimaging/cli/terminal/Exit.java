package org.scaledimaging.cli.terminal;

/** The command's name and its exit codes; ended by a signal, it is 128 and the signal's number. */
public final class Exit {
    /** What users type to start it. */
    public static final String COMMAND = "scaled-imaging";

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;

    private Exit() {}
}
