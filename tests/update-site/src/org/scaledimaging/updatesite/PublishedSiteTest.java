package org.scaledimaging.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.tools.ant.BuildException;
import org.apache.tools.ant.Project;
import org.apache.tools.ant.ProjectHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A site that grows by a version with each release: old ones stay, and can be installed. */
class PublishedSiteTest {
    private static final File PUBLISH = Path.of(System.getProperty("project.root"), "update-site/publish.xml")
            .toFile();
    private static final String FEATURE = "org.scaledimaging.feature.feature.group";
    private static final String OLD = "0.0.9.201501010000";

    @TempDir
    private static Path temporary;

    private static String version;
    private static Path folder;

    @BeforeAll
    static void publishTwoVersions() throws Exception {
        try (ZipFile content = new ZipFile(Director.SITE.resolve("content.jar").toFile())) {
            String xml = text(content, content.getEntry("content.xml"));
            Matcher unit = Pattern.compile("unit id=\"" + FEATURE + "\" version=\"([^\"]+)\"")
                    .matcher(xml);
            assertTrue(unit.find());
            version = unit.group(1);
        }
        folder = temporary.resolve("site");
        publish(older(), OLD);
        publish(Director.SITE, version);
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException {
        return new String(zip.getInputStream(zip.getEntry(entry.getName())).readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The site as it would have been built of an older version. */
    private static Path older() throws IOException {
        Path older = temporary.resolve("older");
        try (Stream<Path> files = Files.walk(Director.SITE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy =
                        older.resolve(Director.SITE.relativize(file).toString().replace(version, OLD));
                Files.createDirectories(copy.getParent());
                if (file.endsWith("content.jar") || file.endsWith("artifacts.jar")) {
                    try (ZipFile zip = new ZipFile(file.toFile());
                            ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
                        ZipEntry entry = zip.entries().nextElement();
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        out.write(text(zip, entry).replace(version, OLD).getBytes(StandardCharsets.UTF_8));
                    }
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return older;
    }

    private static void publish(Path site, String version) {
        Project project = new Project();
        project.init();
        project.setUserProperty("site", site.toString());
        project.setUserProperty("folder", folder.toString());
        project.setUserProperty("version", version);
        ProjectHelper.configureProject(project, PUBLISH);
        project.executeTarget("publish");
    }

    private static TreeSet<String> ours(Path installed) throws IOException {
        return Director.bundles(installed).stream()
                .filter(bundle -> bundle.startsWith("org.scaledimaging."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> expected(String version) {
        return Stream.of("cli", "engine", "plugins")
                .map(name -> "org.scaledimaging." + name + "_" + version)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theNewestIsInstalled() throws Exception {
        Director director = new Director(temporary.resolve("director"));
        List<Path> sites = List.of(LibrariesTest.EQUINOX, folder);
        Path newest = temporary.resolve("newest");
        director.install(newest, sites, "-installIU", FEATURE).expectSuccess();
        assertEquals(expected(version), ours(newest));
    }

    @Test
    @EnabledIfSystemProperty(
            named = "campaigns",
            matches = "full",
            disabledReason = "part of the campaigns: -Pcampaigns")
    void anOldOneCanBeInstalled() throws Exception {
        Director director = new Director(temporary.resolve("director-of-old"));
        Path old = temporary.resolve("old");
        director.install(
                        old,
                        List.of(LibrariesTest.EQUINOX, folder.resolve("knime-5.8")),
                        "-installIU",
                        FEATURE + "/" + OLD)
                .expectSuccess();
        assertEquals(expected(OLD), ours(old));
    }

    /** What is built of a commit is the same whenever and wherever it is built. */
    @Test
    void theSiteHasNoTimeButThatOfItsCommit() throws Exception {
        Set<String> times = new TreeSet<>();
        for (String name : List.of("content", "artifacts")) {
            try (ZipFile zip = new ZipFile(Director.SITE.resolve(name + ".jar").toFile())) {
                ZipEntry entry = zip.getEntry(name + ".xml");
                assertEquals(LocalDateTime.of(2026, 1, 1, 12, 0), entry.getTimeLocal());
                Pattern.compile("p2\\.timestamp. value=.(\\d+)")
                        .matcher(text(zip, entry))
                        .results()
                        .forEach(found -> times.add(found.group(1)));
            }
        }
        assertEquals(1, times.size(), times::toString);
        assertTrue(times.iterator().next().endsWith("000"), times::toString); // in seconds, as commits have it
    }

    @Test
    void whatIsPublishedStaysAsItIs() throws Exception {
        assertThrows(BuildException.class, () -> publish(Director.SITE, version));
        assertThrows(BuildException.class, () -> publish(temporary.resolve("nothing"), "9.9.9"));
        try (Stream<Path> files = Files.list(folder.resolve("knime-5.8"))) {
            assertEquals(
                    new TreeSet<>(List.of(OLD, version, "compositeArtifacts.xml", "compositeContent.xml", "p2.index")),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
    }
}
