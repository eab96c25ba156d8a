package org.scaledimaging.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.target.AtomicTarget;

/** Writes a page, all or nothing. */
public record ReportFile(String option, Path path) {
    /** @throws ParameterException when the name is not one of a page */
    public void checkName() throws ParameterException {
        String name =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".html") && !name.endsWith(".htm")) {
            throw new ParameterException(option, path, "a name that ends with .html");
        }
    }

    /** Looks whether it may be written. */
    public void check(boolean overwrite, Collection<Path> sources) throws IOException {
        AtomicTarget.check(path, overwrite, sources);
    }

    /** Writes it, and its folder where there is none. */
    public void write(String page, boolean overwrite, Collection<Path> sources) throws IOException {
        try (AtomicTarget target = AtomicTarget.create(path, overwrite, sources)) {
            Files.writeString(target.working(), page);
            target.commit();
        }
    }
}
