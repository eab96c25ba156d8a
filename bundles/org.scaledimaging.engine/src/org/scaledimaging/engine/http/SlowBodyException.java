package org.scaledimaging.engine.http;

import java.io.IOException;

/** A body that comes too slowly: to be asked for again. */
final class SlowBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowBodyException(long found, double seconds) {
        super("only " + found + " bytes within " + seconds + " seconds");
    }
}
