package org.knime.core.webui.data;

/** Tells the user what went wrong. */
public final class DataServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataServiceException(String message) {
        super(message);
    }

    public DataServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
