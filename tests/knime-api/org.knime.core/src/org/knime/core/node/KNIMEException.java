package org.knime.core.node;

import org.knime.core.node.message.Message;

/** Signature only. */
public final class KNIMEException extends Exception {
    private static final long serialVersionUID = 1L;

    private KNIMEException(String message, Throwable cause) {
        super(message, cause);
    }

    public static KNIMEException of(Message message, Throwable cause) {
        return new KNIMEException(message.getSummary(), cause);
    }
}
