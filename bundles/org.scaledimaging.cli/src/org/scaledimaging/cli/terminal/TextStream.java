package org.scaledimaging.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Optional;
import org.scaledimaging.engine.message.VisibleText;

/**
 * Text on its way to one of the process's streams. What the stream's character set does not have becomes an escape,
 * {@code \u00b5}, which JSON understands, too. Who prints hears of no failure; the first one is kept.
 */
public final class TextStream extends Writer {
    private final OutputStream stream;
    private final Charset charset;
    private final CharsetEncoder encoder;
    private char first; // of a surrogate pair of which the second has not come
    private IOException failure;

    public TextStream(OutputStream stream, Charset charset) {
        this.stream = stream;
        this.charset = charset;
        this.encoder = charset.newEncoder();
    }

    /** What kept the text from getting where it was to go. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** The stream itself, for what is no text. */
    public OutputStream bytes() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] values, int offset, int length) {
                synchronized (TextStream.this) {
                    try {
                        stream.write(values, offset, length);
                    } catch (IOException e) {
                        keep(e);
                    }
                }
            }

            @Override
            public void flush() {
                TextStream.this.flush();
            }
        };
    }

    @Override
    public synchronized void write(char[] characters, int offset, int length) {
        StringBuilder text = new StringBuilder(length + 1);
        if (first != 0) {
            text.append(first);
            first = 0;
        }
        text.append(characters, offset, length);
        int last = text.length() - 1;
        if (last >= 0 && Character.isHighSurrogate(text.charAt(last))) {
            first = text.charAt(last);
            text.setLength(last);
        }
        try {
            stream.write(encodable(text).getBytes(charset));
        } catch (IOException e) {
            keep(e);
        }
    }

    private String encodable(CharSequence text) {
        if (encoder.canEncode(text)) {
            return text.toString();
        }
        StringBuilder encodable = new StringBuilder();
        text.codePoints()
                .forEach(codePoint ->
                        VisibleText.append(encodable, codePoint, encoder.canEncode(Character.toString(codePoint))));
        return encodable.toString();
    }

    private void keep(IOException e) {
        if (failure == null) {
            failure = e;
        }
    }

    @Override
    public synchronized void flush() {
        try {
            stream.flush();
            if (stream instanceof PrintStream print && print.checkError()) {
                keep(new IOException("a stream that does not take it"));
            }
        } catch (IOException e) {
            keep(e);
        }
    }

    @Override
    public void close() {
        flush(); // the process's streams stay open
    }
}
