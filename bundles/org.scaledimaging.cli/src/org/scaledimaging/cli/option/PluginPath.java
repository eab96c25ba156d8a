package org.scaledimaging.cli.option;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.PluginRegistry;

/** Plugins beside those on the class path: jar files, and folders of them. */
public final class PluginPath {
    public static final String OPTION = "--plugin-path";
    public static final String VARIABLE = "SCALED_IMAGING_PLUGIN_PATH";

    private PluginPath() {}

    /**
     * A class loader for the jars, with which plugins are found; whoever calls closes it.
     *
     * @param path jar files and folders, separated as a class path is
     * @param parent sees the engine
     * @throws ParameterException when one of them is not there or no jar, or a plugin in them cannot be loaded
     */
    public static URLClassLoader open(String path, ClassLoader parent) throws IOException, ParameterException {
        List<URL> jars = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator)) {
            if (!entry.isBlank()) {
                for (Path jar : jars(entry)) {
                    jars.add(jar.toUri().toURL());
                }
            }
        }
        URLClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), parent);
        try {
            check(path, loader);
            return loader;
        } catch (ParameterException | RuntimeException e) {
            loader.close();
            throw e;
        }
    }

    private static List<Path> jars(String entry) throws IOException, ParameterException {
        Path place;
        try {
            place = Path.of(entry);
        } catch (InvalidPathException e) {
            throw new ParameterException(OPTION, entry, "jar files, or folders of them");
        }
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(place)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(place, "*.jar")) {
                inside.forEach(jars::add);
            }
            jars.sort(null);
        } else if (Files.exists(place)) {
            jars.add(place);
        } else {
            throw new ParameterException(OPTION, entry + ", which is not there", "jar files, or folders of them");
        }
        for (Path jar : jars) {
            FileState.checkRegular(jar);
            try (JarFile opened = new JarFile(jar.toFile())) {
                opened.getManifest();
            } catch (ZipException e) {
                throw new ParameterException(OPTION, jar + ", which is damaged or no jar file", "the jar of a plugin");
            }
        }
        return jars;
    }

    /** Loads each plugin once, so that what is wrong is said here and not in the midst of something else. */
    private static void check(String path, URLClassLoader loader) throws ParameterException {
        Set<String> ids = new HashSet<>();
        boolean any;
        try {
            for (PluginProvider provider : PluginRegistry.loaded(loader)) {
                String id = PluginRegistry.describe(provider).id();
                if (!ids.add(id)) {
                    throw new ParameterException(OPTION, "a second plugin " + id, "plugins with ids of their own");
                }
            }
            any = ids.size() > PluginRegistry.loaded(loader.getParent()).size();
        } catch (ServiceConfigurationError | LinkageError | UncheckedIOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ParameterException(
                    OPTION,
                    path + ", of which a plugin cannot be loaded ("
                            + (e instanceof UncheckedIOException
                                    ? cause.getMessage() // a plugin's failure, in a sentence
                                    : e.getMessage() + (cause == e ? "" : ": " + cause))
                            + ")",
                    "plugins made for this version, with all that they need");
        }
        if (!any) {
            throw new ParameterException(
                    OPTION,
                    path + ", which holds no plugin",
                    "jars with a META-INF/services/" + PluginProvider.class.getName());
        }
    }
}
