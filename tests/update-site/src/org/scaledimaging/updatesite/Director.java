package org.scaledimaging.updatesite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** p2's director and publisher, as KNIME has them, in an Equinox of their own: processes of the JVM that runs the tests. */
final class Director {
    /** What Tycho built of it; null if not in this build. */
    static final Path SITE = Path.of(System.getProperty("project.root"), "update-site/target/repository");

    private static final Path BUNDLES = Path.of("target/director").toAbsolutePath();

    private final Path configuration;

    /** @param work an empty folder for what Equinox keeps */
    Director(Path work) throws IOException {
        this.configuration = Files.createDirectories(work.resolve("configuration"));
        List<String> bundles = new ArrayList<>();
        for (Path jar : jars()) {
            String name = jar.getFileName().toString();
            if (name.startsWith("org.eclipse.osgi") || name.startsWith("org.eclipse.equinox.launcher-")) {
                continue;
            }
            boolean early = name.startsWith("org.apache.felix.scr-") || name.startsWith("org.eclipse.equinox.common-");
            boolean started = name.startsWith("org.eclipse.core.runtime-");
            bundles.add("reference:" + jar.toUri() + (early ? "@2:start" : started ? "@start" : "@4"));
        }
        Files.write(
                configuration.resolve("config.ini"),
                List.of(
                        "osgi.bundles=" + escaped(String.join(",", bundles)),
                        "osgi.bundles.defaultStartLevel=4",
                        "osgi.framework="
                                + escaped(jar("org.eclipse.osgi-").toUri().toString()),
                        "osgi.framework.extensions="
                                + escaped("reference:"
                                        + jar("org.eclipse.osgi.compatibility.").toUri()),
                        "osgi.compatibility.bootdelegation=true"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace(":", "\\:");
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(BUNDLES)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    static Path jar(String prefix) {
        try {
            return jars().stream()
                    .filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a run printed, and how it ended. */
    record Ran(int code, String output) {
        Ran expectSuccess() {
            if (code != 0) {
                throw new AssertionError("ended with " + code + ":\n" + output);
            }
            return this;
        }
    }

    /**
     * @param folder of the installation; made when it is not there
     * @param sites where it may take from: folders
     * @param more further arguments, among them {@code -installIU} and a unit
     */
    Ran install(Path folder, List<Path> sites, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-repository",
                sites.stream().map(Path::toUri).map(URI::toString).collect(Collectors.joining(",")),
                "-destination",
                folder.toString(),
                "-bundlepool",
                folder.toString(),
                "-profile",
                "installed",
                "-profileproperties",
                "org.eclipse.update.install.features=true",
                "-addJREIU"));
        arguments.addAll(Arrays.asList(more));
        return run("org.eclipse.equinox.p2.director", arguments);
    }

    /** Makes a site of bundles: {@code plugins/*.jar} in a folder. */
    void publish(Path folder, Path site) throws Exception {
        run(
                        "org.eclipse.equinox.p2.publisher.FeaturesAndBundlesPublisher",
                        List.of(
                                "-source",
                                folder.toString(),
                                "-metadataRepository",
                                site.toUri().toString(),
                                "-artifactRepository",
                                site.toUri().toString(),
                                "-publishArtifacts"))
                .expectSuccess();
    }

    private Ran run(String application, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar("org.eclipse.equinox.launcher-").toString(),
                "-configuration",
                configuration.toString(),
                "-nosplash",
                "-consoleLog",
                "-application",
                application));
        command.addAll(arguments);
        return run(command, configuration);
    }

    static Ran run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("not ready after 300 s: " + command + "\n" + Files.readString(output));
        }
        return new Ran(process.exitValue(), Files.readString(output));
    }

    /** The bundles of an installation, as {@code name_version}, by their jars. */
    static TreeSet<String> bundles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.jar$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
