package org.knime.core.util.exception;

import java.io.IOException;

/** Signature only. */
public class ResourceAccessException extends IOException {
    private static final long serialVersionUID = 1L;

    public ResourceAccessException(String message) {
        super(message);
    }
}
