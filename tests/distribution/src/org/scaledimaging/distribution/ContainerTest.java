package org.scaledimaging.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container image, built by Debian's buildah on a base that is made here of this system's bash, coreutils and glibc (none
 * is to be fetched in a test), and run as a container is: as somebody else, with a folder of its user's.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "builds a container for Linux")
class ContainerTest {
    private static final Path CONTAINER = Built.ROOT.resolve("bundles/org.scaledimaging.distribution/container");
    private static final List<String> PROGRAMS =
            List.of("bash", "sh", "mv", "ln", "mkdir", "readlink", "locale", "env", "cat", "nice", "find", "sed");
    private static final Pattern LIBRARY = Pattern.compile("(?m)^\\s+(?:\\S+ => )?(/\\S+) \\(0x");

    @TempDir
    static Path folder;

    private static Map<String, String> environment;
    private static String image;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(Built.program("buildah").isPresent(), "no buildah here, which builds images");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root builds without user namespaces");
        Path places = folder.resolve("storage.conf");
        Files.writeString(
                places,
                "[storage]\ndriver = \"vfs\"\ngraphroot = \"" + folder.resolve("storage") + "\"\nrunroot = \""
                        + folder.resolve("run") + "\"\n");
        environment = Map.of(
                "LC_ALL",
                "C.UTF-8",
                "JAVA_HOME",
                "",
                "CONTAINERS_STORAGE_CONF",
                places.toString(),
                "BUILDAH_ISOLATION", // in a change of root: all that a container of tests inside another one may have
                "chroot");
        base();
        Built.told(environment, 0, CONTAINER.resolve("build").toString(), "--build-arg=BASE=localhost/base");
        // as the modules for Nextflow name it
        Matcher name = Pattern.compile("container '(\\S+)'")
                .matcher(Files.readString(
                        Built.ROOT.resolve("workflows/nextflow/modules/scaledimaging/process/main.nf")));
        assertTrue(name.find());
        image = "localhost/" + name.group(1);
    }

    @AfterAll
    static void remove() throws Exception {
        if (environment != null) {
            buildah("rm", "--all");
            buildah("rmi", "--all", "--force");
        }
    }

    private static String buildah(String... words) throws Exception {
        return Built.told(environment, 0, words(new String[] {"buildah"}, words));
    }

    /** What a small base has: a shell, some programs, and the libraries that they and the archive's Java need. */
    private static void base() throws Exception {
        Path root = Files.createDirectories(folder.resolve("base"));
        for (String name : List.of("bin", "sbin", "lib", "lib64")) { // which systems of today have in usr
            Path link = Path.of("/" + name);
            if (Files.isSymbolicLink(link)) {
                Files.createDirectories(root.resolve(Files.readSymbolicLink(link)));
                Files.createSymbolicLink(root.resolve(name), Files.readSymbolicLink(link));
            }
        }
        List<Path> wanted = new ArrayList<>();
        for (String name : PROGRAMS) {
            wanted.add(Built.program(name).orElseThrow());
        }
        List<String> ldd = new ArrayList<>(List.of("ldd"));
        wanted.forEach(program -> ldd.add(program.toString()));
        ldd.add(Built.FOLDER.resolve("runtime/bin/java").toString());
        ldd.add(Built.FOLDER.resolve("runtime/lib/server/libjvm.so").toString());
        Matcher libraries = LIBRARY.matcher(Built.told(Map.of(), 0, ldd.toArray(String[]::new)));
        while (libraries.find()) {
            Path library = Path.of(libraries.group(1));
            if (!library.startsWith(Built.FOLDER)) {
                wanted.add(library);
            }
        }
        for (Path file : wanted) {
            copy(file, root);
        }
        Path utf8 = Path.of("/usr/lib/locale/C.utf8");
        if (Files.exists(utf8)) {
            Built.told(Map.of(), 0, "cp", "-r", "--parents", utf8.toString(), root.toString());
        }
        Files.createDirectories(root.resolve("tmp"));
        Built.told(Map.of(), 0, "chmod", "1777", root.resolve("tmp").toString());
        Files.createDirectories(root.resolve("usr/local/bin"));
        String container = buildah("from", "scratch").strip();
        buildah("copy", "--quiet", container, root.toString(), "/");
        buildah("commit", "--quiet", container, "localhost/base");
    }

    private static void copy(Path file, Path root) throws IOException {
        Path target = root.resolve(file.toString().substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(file.toRealPath(), target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void itSaysWhatItIsAndIsNobodysRoot() throws Exception {
        JsonNode config = new ObjectMapper()
                .readTree(buildah("inspect", "--type=image", image))
                .path("OCIv1")
                .path("config");
        assertEquals("65532:65532", config.path("User").asText());
        assertEquals("[\"scaled-imaging\"]", config.path("Entrypoint").toString());
        assertEquals("/data", config.path("WorkingDir").asText());
        JsonNode labels = config.path("Labels");
        assertTrue(
                labels.path("org.opencontainers.image.version").asText().matches("\\d+\\.\\d+\\.\\d+(\\.\\d{12,14})?"),
                labels::toString);
        assertTrue(
                labels.path("org.opencontainers.image.revision")
                        .asText()
                        .matches("[0-9a-f]{7,40}(\\+changes)?|unknown"),
                labels::toString);
        assertEquals(
                "GPL-3.0-only", labels.path("org.opencontainers.image.licenses").asText());
    }

    private static String[] run(Path data) throws Exception {
        String container = buildah("from", image).strip();
        return new String[] {"buildah", "run", "--volume=" + data + ":/data", container, "--", "scaled-imaging"};
    }

    private static Path data(String name) throws Exception {
        Path data = Files.createDirectory(folder.resolve(name));
        Files.copy(Built.ROOT.resolve("docs/sample/biased.nii.gz"), data.resolve("biased.nii.gz"));
        Built.told(Map.of(), 0, "chown", "-R", "65532:65532", data.toString());
        return data;
    }

    /** Within 1 GiB that a control group allows: Java's heap is a quarter of it, or what {@code --memory} says. */
    @Test
    void theMainJobRunsInItWithinTheMemoryOfItsGroup() throws Exception {
        Path data = data("data");
        String[] run = run(data);
        assertTrue(Built.told(environment, 0, words(run, "--version")).startsWith("scaled-imaging "));
        try (ControlGroup group = ControlGroup.ofMebibytes(1024)) {
            String job = inGroup(group, words(run, "process", "biased.nii.gz", "corrected.ome.zarr", "--plugin", "n4"));
            assertTrue(job.contains("Heap Max Capacity: 256M"), job);
            String told = inGroup(group, words(run, "info", "corrected.ome.zarr", "--memory", "900m"));
            assertTrue(told.contains("56 x 67 x 57") && told.contains("Heap Max Capacity: 600M"), told);
        }
        assertEquals(65532, Files.getAttribute(data.resolve("corrected.ome.zarr"), "unix:uid"), "who wrote the result");
    }

    private static String inGroup(ControlGroup group, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.add(2, "--env=SCALED_IMAGING_JAVA_OPTS=-Xlog:gc+init");
        return Built.told(environment, 0, group.command(all));
    }

    private static String[] words(String[] before, String... after) {
        return Stream.concat(Stream.of(before), Stream.of(after)).toArray(String[]::new);
    }
}
