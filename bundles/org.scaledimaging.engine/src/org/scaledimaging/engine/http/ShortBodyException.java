package org.scaledimaging.engine.http;

import java.io.IOException;

/** A body that ended early: to be asked for again. */
final class ShortBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    ShortBodyException(long found, long expected) {
        super("only " + found + " of " + expected + " bytes");
    }
}
