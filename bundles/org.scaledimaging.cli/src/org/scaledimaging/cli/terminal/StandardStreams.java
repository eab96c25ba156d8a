package org.scaledimaging.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Standard output and error of this process. {@code System.out} says that something went wrong, but not what, and
 * writes a question mark for what its character set lacks.
 */
public final class StandardStreams {
    private StandardStreams() {}

    public static TextStream out() {
        return new TextStream(new FileOutputStream(FileDescriptor.out), charset("stdout.encoding"));
    }

    public static TextStream err() {
        return new TextStream(new FileOutputStream(FileDescriptor.err), charsetOfErrors());
    }

    static Charset charsetOfErrors() {
        return charset("stderr.encoding");
    }

    /** Java says it from 19 on; 17 has a name of its own where there is a terminal, and else the default. */
    private static Charset charset(String property) {
        for (String name : List.of(property, "sun." + property)) {
            String value = System.getProperty(name, "");
            if (!value.isBlank() && Charset.isSupported(value)) {
                return Charset.forName(value);
            }
        }
        return Charset.defaultCharset();
    }
}
