package org.scaledimaging.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.scaledimaging.cli.terminal.Exit;
import picocli.CommandLine.IVersionProvider;

/** The version that the bundle's manifest states, or that of the jar which holds all bundles. */
public final class Version implements IVersionProvider {
    private static final String BUNDLE = "org.scaledimaging.cli";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {Exit.COMMAND + " " + ofBundle()};
    }

    private static String ofBundle() throws IOException {
        ClassLoader loader = Version.class.getClassLoader();
        for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = url.openStream()) {
                Attributes attributes = new Manifest(in).getMainAttributes();
                if (BUNDLE.equals(attributes.getValue("Bundle-SymbolicName"))) {
                    return attributes.getValue("Bundle-Version");
                }
            }
        }
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)"); // run from a class folder
    }
}
