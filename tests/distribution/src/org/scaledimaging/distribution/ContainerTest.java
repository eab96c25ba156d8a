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
    private static final String IMAGE = "localhost/scaled-imaging-test";
    private static final List<String> PROGRAMS =
            List.of("bash", "sh", "mv", "ln", "mkdir", "readlink", "locale", "env", "cat", "nice", "find", "sed");
    private static final Pattern LIBRARY = Pattern.compile("(?m)^\\s+(?:\\S+ => )?(/\\S+) \\(0x");

    @TempDir
    static Path folder;

    private static String[] storage;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(Built.program("buildah").isPresent(), "no buildah here, which builds images");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root builds without user namespaces");
        storage = new String[] {
            "buildah",
            "--storage-driver=vfs",
            "--root=" + folder.resolve("storage"),
            "--runroot=" + folder.resolve("run")
        };
        Path archive = Built.file("-linux-\\w+\\.tar\\.gz");
        base();
        buildah(
                "build",
                "--isolation=chroot",
                "--build-arg=BASE=localhost/base",
                "--build-arg=ARCHIVE=" + archive.getFileName(),
                "--build-arg=VERSION=1.2.3",
                "--tag=" + IMAGE,
                "--file=" + Built.ROOT.resolve("bundles/org.scaledimaging.distribution/container/Containerfile"),
                archive.getParent().toString());
    }

    @AfterAll
    static void remove() throws Exception {
        if (storage != null) {
            buildah("rm", "--all");
            buildah("rmi", "--all", "--force");
        }
    }

    private static String buildah(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(storage));
        command.addAll(List.of(words));
        return Built.told(Map.of("LC_ALL", "C.UTF-8"), 0, command.toArray(String[]::new));
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
                .readTree(buildah("inspect", "--type=image", IMAGE))
                .path("OCIv1")
                .path("config");
        assertEquals("65532:65532", config.path("User").asText());
        assertEquals("[\"scaled-imaging\"]", config.path("Entrypoint").toString());
        assertEquals("/data", config.path("WorkingDir").asText());
        JsonNode labels = config.path("Labels");
        assertEquals("1.2.3", labels.path("org.opencontainers.image.version").asText());
        assertEquals(
                "GPL-3.0-only", labels.path("org.opencontainers.image.licenses").asText());
    }

    /** In a change of root, which is all the isolation that a container of tests inside another one may have. */
    @Test
    void theMainJobRunsInIt() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.copy(Built.ROOT.resolve("docs/sample/biased.nii.gz"), data.resolve("biased.nii.gz"));
        Built.told(Map.of(), 0, "chown", "-R", "65532:65532", data.toString());
        String container = buildah("from", IMAGE).strip();
        String[] run = {"run", "--isolation=chroot", "--volume=" + data + ":/data", container, "--", "scaled-imaging"};
        assertTrue(buildah(words(run, "--version")).startsWith("scaled-imaging "));
        buildah(words(run, "process", "biased.nii.gz", "corrected.ome.zarr", "--plugin", "n4"));
        assertTrue(buildah(words(run, "info", "corrected.ome.zarr")).contains("56 x 67 x 57"));
        assertEquals(65532, Files.getAttribute(data.resolve("corrected.ome.zarr"), "unix:uid"), "who wrote the result");
    }

    private static String[] words(String[] before, String... after) {
        List<String> all = new ArrayList<>(List.of(before));
        all.addAll(List.of(after));
        return all.toArray(String[]::new);
    }
}
