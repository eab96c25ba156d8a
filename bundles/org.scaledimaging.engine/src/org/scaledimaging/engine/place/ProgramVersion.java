package org.scaledimaging.engine.place;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** The version of this program, for what is written along with results. */
public final class ProgramVersion {
    private static final String BUNDLE = "org.scaledimaging.engine";

    private ProgramVersion() {}

    /** What the engine's manifest states, or that of the jar which holds all bundles; nothing in a class folder. */
    public static Optional<String> ofEngine() {
        ClassLoader loader = ProgramVersion.class.getClassLoader();
        try {
            for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = url.openStream()) {
                    Attributes attributes = new Manifest(in).getMainAttributes();
                    if (BUNDLE.equals(attributes.getValue("Bundle-SymbolicName"))) {
                        return Optional.ofNullable(attributes.getValue("Bundle-Version"));
                    }
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // no reason not to write an image
        }
        return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion());
    }
}
