package org.scaledimaging.cli.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.target.AtomicTarget;

/** The target of a PNG: a file, all or nothing, or standard output. */
record PngFile(String name, boolean overwrite, List<Path> sources) {
    private static final String STANDARD_OUTPUT = "-";

    /** @throws ParameterException when the name is not one of a PNG */
    void checkName() throws ParameterException {
        if (!isStandardOutput() && !name.toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ParameterException("OUT.png", Given.shown(name), "a name that ends with .png, or -");
        }
    }

    private boolean isStandardOutput() {
        return name.equals(STANDARD_OUTPUT);
    }

    void check() throws IOException {
        if (!isStandardOutput()) {
            AtomicTarget.check(Addresses.target(name), overwrite, sources);
        }
    }

    void write(byte[] png, Console console) throws IOException {
        if (isStandardOutput()) {
            console.bytes().write(png);
            return;
        }
        try (AtomicTarget target = AtomicTarget.create(Addresses.target(name), overwrite, sources)) {
            Files.write(target.working(), png);
            target.commit();
        }
    }

    @Override
    public String toString() {
        return isStandardOutput() ? "to standard output" : name;
    }
}
