package org.knime.core.node;

/** Signature only. */
public class CanceledExecutionException extends Exception {
    private static final long serialVersionUID = 1L;

    public CanceledExecutionException() {}

    public CanceledExecutionException(String message) {
        super(message);
    }
}
