package org.scaledimaging.engine.place;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The version of this program, for what is printed of it and written along with results.
 *
 * @param number such as 1.0.0.202611290555
 * @param commit what it was built from, if that is known: a commit of Git, with "+changes" where files were changed
 */
public record ProgramVersion(String number, Optional<String> commit) {
    private static final String BUNDLE = "org.scaledimaging.engine";

    /** What the engine's manifest states, or that of the jar which holds all bundles; nothing in a class folder. */
    public static Optional<ProgramVersion> ofEngine() {
        try {
            for (URL url :
                    Collections.list(ProgramVersion.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = url.openStream()) {
                    Attributes attributes = new Manifest(in).getMainAttributes();
                    boolean all = "Scaled Imaging".equals(attributes.getValue("Implementation-Title"));
                    if (all || BUNDLE.equals(attributes.getValue("Bundle-SymbolicName"))) {
                        String number = attributes.getValue(all ? "Implementation-Version" : "Bundle-Version");
                        return Optional.of(new ProgramVersion(
                                number,
                                Optional.ofNullable(attributes.getValue("Built-From"))
                                        .filter(commit -> !commit.equals("unknown"))));
                    }
                }
            }
        } catch (IOException e) {
            // no reason not to write an image
        }
        return Optional.empty();
    }
}
