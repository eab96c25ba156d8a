package org.scaledimaging.engine.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.message.ImageFormatException;

/** A server that never answered is waited for once; one that did is asked each time. */
class SilenceTest {
    private final Silence silence = new Silence();
    private int asked;

    private String ask(IOException failure) throws IOException {
        return silence.ask(() -> {
            asked++;
            if (failure != null) {
                throw failure;
            }
            return "answer";
        });
    }

    private static ImageFormatException none(String place) {
        return new ImageFormatException(place, "no server that answers there", "the file");
    }

    @Test
    void theSecondQuestionEndsAsTheFirst() {
        ImageFormatException first = none("a");
        assertSame(first, assertThrows(ImageFormatException.class, () -> ask(first)));
        assertSame(first, assertThrows(ImageFormatException.class, () -> ask(null)));
        assertEquals(1, asked);
    }

    @Test
    void whatAnsweredOnceIsAskedEachTime() throws Exception {
        ask(null);
        assertThrows(ImageFormatException.class, () -> ask(none("a")));
        assertEquals("answer", ask(null));
        assertEquals(3, asked);
    }

    /** Nor is it silence when a file is not there, or the one who waits is cancelled. */
    @Test
    void otherFailuresAreNoSilence() throws Exception {
        assertThrows(NoSuchFileException.class, () -> ask(new NoSuchFileException("a")));
        assertEquals("answer", ask(null));
    }
}
