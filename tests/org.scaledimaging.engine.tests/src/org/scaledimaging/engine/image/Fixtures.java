package org.scaledimaging.engine.image;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the files that tests read. */
public final class Fixtures {
    private Fixtures() {}

    /** A folder in {@code resources}, from wherever in the project the tests were started. */
    public static Path folder(String name) {
        String start = System.getProperty("basedir", "");
        for (Path place = Path.of(start).toAbsolutePath(); place != null; place = place.getParent()) {
            for (String way : List.of("resources", "tests/org.scaledimaging.engine.tests/resources")) {
                if (Files.isDirectory(place.resolve(way).resolve(name))) {
                    return place.resolve(way).resolve(name);
                }
            }
        }
        throw new IllegalStateException("no resources/" + name + " above " + new File(start).getAbsolutePath());
    }
}
