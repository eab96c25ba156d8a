package org.scaledimaging.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Projects that know nothing of this build but the repository it makes, with what the pages tell their readers. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "runs commands by bash")
class MavenTest {
    private static final String CAMPAIGN = "part of the campaigns: -Pcampaigns";
    static final List<String> ARTIFACTS = List.of("engine", "plugins", "cli");
    static final Path STAGING = Built.ROOT.resolve("bundles/org.scaledimaging.distribution/maven/target/staging");
    /** A file's name alone in a line, and the block that follows. */
    private static final Pattern FILE = Pattern.compile("(?ms)^`([^`\\n]+)`\\n\\n```\\w*\\n(.*?)^```$");

    @TempDir
    static Path folder;

    private static Path bin;
    private static Map<String, String> files;

    @BeforeAll
    static void follow() throws Exception {
        assumeTrue(Files.exists(STAGING), "built without Javadoc, so nothing is staged for Maven");
        files = new LinkedHashMap<>();
        Matcher blocks = FILE.matcher(page("custom-plugins.md"));
        while (blocks.find()) {
            files.put(blocks.group(1), blocks.group(2));
        }
        String place = "file:///path/to/scaled-imaging/bundles/org.scaledimaging.distribution/maven/target/staging";
        String settings = files.remove("settings.xml");
        assertTrue(settings.contains(place), settings);
        Files.writeString(folder.resolve("settings.xml"), settings.replace(place, "file://" + STAGING));
        bin = Built.unpacked(Built.file("-any\\.tar\\.gz"), folder.resolve("unpacked"))
                .resolve("bin");
    }

    private static String page(String name) throws Exception {
        return Files.readString(Built.ROOT.resolve("docs").resolve(name));
    }

    /** A block that follows some words of a page. */
    private static String block(String page, String after) {
        int start = page.indexOf("```", page.indexOf(after));
        return page.substring(page.indexOf('\n', start) + 1, page.indexOf("```", start + 3));
    }

    /**
     * Runs a line of a page in a folder, with a {@code mvn} and a {@code scaled-imaging}. Maven has what it downloaded before;
     * of ours nothing but what is staged.
     */
    private static String run(Path project, String line) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path mvn = programs.resolve("mvn");
        if (!Files.exists(mvn)) {
            Files.writeString(
                    mvn,
                    "#!/bin/sh\nexec '" + System.getProperty("maven.home") + "/bin/mvn' --batch-mode -gs '"
                            + folder.resolve("settings.xml") + "' '-Dmaven.repo.local=" + folder.resolve("repository")
                            + "' '-Dmaven.repo.local.tail=" + System.getProperty("local.repository") + "' \"$@\"\n");
            assertTrue(mvn.toFile().setExecutable(true));
        }
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true);
        builder.directory(project.toFile());
        builder.environment().put("PATH", programs + ":" + bin + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(Built.QUICK);
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return Built.told(builder, 0);
    }

    private static void sample(Path image) throws Exception {
        run(
                folder,
                "scaled-imaging convert --quiet '" + Built.ROOT.resolve("docs/sample/biased.nii.gz") + "' '" + image
                        + "'");
    }

    @Test
    @EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = CAMPAIGN)
    void aPluginOfOnesOwnIsBuiltTestedAndUsedAsThePageSays() throws Exception {
        Path project = Files.createDirectory(folder.resolve("slices"));
        assertTrue(files.keySet().containsAll(List.of("pom.xml", "META-INF/MANIFEST.MF")), files::toString);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = project.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
        String page = page("custom-plugins.md");
        run(project, block(page, "Then build and test it"));
        String report = Files.readString(project.resolve("target/surefire-reports/org.example.slices.SlicesTest.txt"));
        assertTrue(report.contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0"), report);
        sample(project.resolve("embryo.ome.zarr"));
        sample(project.resolve("brain.nii.gz"));
        String said = run(project, "set -e\n" + block(page, "## Use it on the command line"));
        assertTrue(said.contains("even-slices") && said.contains("top-percent"), said);
        assertTrue(run(project, "scaled-imaging info even.ome.zarr").contains("float32"));
        assertTrue(run(project, "scaled-imaging info bright.nii.gz").contains("uint8"));
    }

    @Test
    @EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = CAMPAIGN)
    void theFirstExampleOfTheLibraryRunsWithADependencyAndNothingElse() throws Exception {
        Path project = Files.createDirectory(folder.resolve("library"));
        String page = page("java.md");
        String dependencies = block(page, "A project names it and the built-in plugins as dependencies");
        assertTrue(dependencies.contains("<artifactId>engine</artifactId>"), dependencies);
        Files.writeString(project.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.example</groupId>
                  <artifactId>library</artifactId>
                  <version>1</version>
                  <properties>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                    <maven.compiler.release>17</maven.compiler.release>
                  </properties>
                  <dependencies>
                %s
                  </dependencies>
                </project>
                """.formatted(dependencies));
        String example = block(page, "`Image` is the front door. Opening");
        assertTrue(example.contains("public final class Example {"), example);
        Path source = Files.createDirectories(project.resolve("src/main/java")).resolve("Example.java");
        Files.writeString(source, example);
        sample(project.resolve("embryo.ome.zarr"));
        run(
                project,
                "mvn -q org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile"
                        + " org.codehaus.mojo:exec-maven-plugin:3.5.1:java -Dexec.mainClass=Example");
        for (String result : List.of("corrected.ome.zarr", "overview.nii.gz", "field.nii.gz")) {
            assertTrue(run(project, "scaled-imaging info " + result).contains("float32"), result);
        }
    }

    /** What Maven Central asks for: who, where, under which licence; sources, Javadoc and sums of all of them. */
    @Test
    void whatIsStagedCanBePublished() throws Exception {
        for (String artifact : ARTIFACTS) {
            List<Path> all = new ArrayList<>();
            try (Stream<Path> walk =
                    Files.walk(STAGING.resolve("org/scaledimaging").resolve(artifact))) {
                walk.filter(Files::isRegularFile).forEach(all::add);
            }
            for (String end : List.of(".jar", "-sources.jar", "-javadoc.jar", ".pom")) {
                Path file = all.stream()
                        .filter(one -> one.getFileName()
                                .toString()
                                .matches(artifact + "-[\\d.]+(-[\\d.-]+)?" + Pattern.quote(end)))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(end + " of " + all));
                assertTrue(
                        Files.exists(Path.of(file + ".sha1")) && Files.exists(Path.of(file + ".md5")), file::toString);
                if (end.equals(".pom")) {
                    String pom = Files.readString(file);
                    for (String part : List.of("name", "description", "url", "licenses", "developers", "scm")) {
                        assertTrue(pom.contains("<" + part + ">"), pom);
                    }
                    assertTrue(
                            !pom.contains("<parent>") && !pom.contains("org.scaledimaging.") && !pom.contains("${"),
                            pom);
                }
            }
        }
    }
}
