package org.scaledimaging.engine.web;

import java.io.IOException;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Remembers of a server that it has never answered, as often as it was asked. Formats look for files of many names; each
 * would be waited for as long. Thread-safe.
 */
final class Silence {
    private volatile boolean broken;
    private volatile ImageFormatException last;

    /** Something asked of the server. */
    interface Question<A> {
        A ask() throws IOException;
    }

    /**
     * The answer.
     *
     * @throws ImageFormatException when there is none, or was none to an earlier question and nothing since
     */
    <A> A ask(Question<A> question) throws IOException {
        ImageFormatException before = last;
        if (before != null && !broken) {
            throw before;
        }
        try {
            A answer = question.ask();
            broken = true;
            return answer;
        } catch (ImageFormatException e) {
            last = e;
            throw e;
        }
    }
}
