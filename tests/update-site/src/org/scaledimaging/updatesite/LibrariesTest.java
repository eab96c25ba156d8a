package org.scaledimaging.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Libraries come from the update site where nothing else provides their packages, and only there. */
class LibrariesTest {
    private static final String CAMPAIGN = "part of the campaigns: -Pcampaigns";
    private static final String OTHER = System.getProperty("other.jackson");
    private static final String JACKSON = "com.fasterxml.jackson.core.jackson-";
    private static final String FEATURE = "org.scaledimaging.feature.feature.group";
    private static final Path SAMPLE = Path.of(System.getProperty("project.root"), "docs/sample/brain.nii.gz");
    private static final Path HDF5 =
            Path.of(System.getProperty("project.root"), "tests/org.scaledimaging.engine.tests/resources/hdf5/gzip.h5");

    /** An empty Equinox as a product, and the application that uses what is installed. */
    static final Path EQUINOX = Path.of(System.getProperty("project.root"), "tests/installation/target/repository");

    @TempDir
    private Path temporary;

    /** A site of an application that requires Jackson as KNIME's core does: by ranges, so that p2 may replace it. */
    private Path siteOfAnApplication(Director director) throws Exception {
        Path plugins = Files.createDirectories(temporary.resolve("application/plugins"));
        try (Stream<Path> jars = Files.list(Path.of("target/jackson"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, plugins.resolve(jar.getFileName()));
            }
        }
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "org.example.application");
        headers.putValue("Bundle-Version", "5.8.0");
        headers.putValue(
                "Require-Bundle",
                Stream.of("annotations", "core", "databind")
                        .map(name -> JACKSON + name + ";bundle-version=\"[2.13.2,3.0.0)\"")
                        .collect(Collectors.joining(",")));
        new JarOutputStream(Files.newOutputStream(plugins.resolve("org.example.application_5.8.0.jar")), manifest)
                .close();
        Path site = temporary.resolve("application-site");
        director.publish(plugins.getParent(), site);
        return site;
    }

    private static TreeSet<String> jackson(Path installed) throws IOException {
        return Files.readAllLines(
                        installed.resolve("configuration/org.eclipse.equinox.simpleconfigurator/bundles.info"))
                .stream()
                .filter(line -> line.startsWith(JACKSON))
                .map(line -> line.split(",")[0].substring(JACKSON.length()) + " " + line.split(",")[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Starts what was installed: it processes an image, and looks which Jackson each bundle is wired to. */
    private void use(Path installed, String jackson) throws Exception {
        Path launcher;
        try (Stream<Path> jars = Files.list(installed.resolve("plugins"))) {
            launcher = jars.filter(jar -> jar.getFileName().toString().startsWith("org.eclipse.equinox.launcher_"))
                    .findFirst()
                    .orElseThrow();
        }
        Director.run(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                launcher.toString(),
                                "-nosplash",
                                "-consoleLog",
                                "-data",
                                "@noDefault",
                                "-application",
                                "org.scaledimaging.installation.check",
                                SAMPLE.toString(),
                                temporary.resolve("corrected.ome.zarr").toString(),
                                HDF5.toString(),
                                "com.fasterxml.jackson.databind=" + jackson),
                        temporary)
                .expectSuccess();
    }

    @Test
    void aLibraryThatIsInstalledStaysAndIsUsed() throws Exception {
        Director director = new Director(temporary.resolve("director"));
        Path application = siteOfAnApplication(director);
        Path installed = temporary.resolve("installed");
        director.install(installed, List.of(EQUINOX, application), "-installIU", "equinox,org.example.application")
                .expectSuccess();
        TreeSet<String> before = jackson(installed);
        assertEquals(new TreeSet<>(List.of("annotations " + OTHER, "core " + OTHER, "databind " + OTHER)), before);

        director.install(
                        installed,
                        List.of(EQUINOX, application, Director.SITE),
                        "-installIU",
                        FEATURE + ",org.scaledimaging.installation")
                .expectSuccess();
        assertEquals(before, jackson(installed));
        assertTrue(Director.bundles(installed).stream().anyMatch(bundle -> bundle.startsWith("com.sun.jna_")));
        use(installed, OTHER);
    }

    @Test
    @EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = CAMPAIGN)
    void aLibraryThatIsMissingIsInstalled() throws Exception {
        Director director = new Director(temporary.resolve("director"));
        Path installed = temporary.resolve("installed");
        director.install(
                        installed,
                        List.of(EQUINOX, Director.SITE),
                        "-installIU",
                        "equinox," + FEATURE + ",org.scaledimaging.installation")
                .expectSuccess();
        TreeSet<String> found = jackson(installed);
        assertEquals(3, found.size(), found::toString);
        String version = found.stream()
                .filter(bundle -> bundle.startsWith("databind "))
                .findFirst()
                .orElseThrow()
                .split(" ")[1];
        assertTrue(!version.equals(OTHER), version);
        use(installed, version);
    }
}
