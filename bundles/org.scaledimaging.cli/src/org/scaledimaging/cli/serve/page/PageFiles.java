package org.scaledimaging.cli.serve.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The page's own files, and those of the viewer where the build had them: resources beside this class. */
final class PageFiles {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "txt", "text/plain; charset=utf-8");

    private PageFiles() {}

    /** @param type as MIME has it */
    record PageFile(byte[] bytes, String type) {}

    /**
     * A file by its name, which may lie in the folder {@code neuroglancer}.
     *
     * @return nothing where there is none of that name
     */
    static Optional<PageFile> find(String name) throws IOException {
        if (!name.matches("(neuroglancer/)?[a-z_]+(\\.bundle)?\\.(html|css|js|txt)")) {
            return Optional.empty();
        }
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            return in == null ? Optional.empty() : Optional.of(new PageFile(in.readAllBytes(), type));
        }
    }

    /** Whether the viewer was built. */
    static boolean haveViewer() {
        return PageFiles.class.getResource("neuroglancer/main.js") != null;
    }
}
