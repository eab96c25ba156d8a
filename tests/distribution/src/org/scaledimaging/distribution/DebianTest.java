package org.scaledimaging.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package for Debian: what its own programs say of it; installed below a folder, run there and removed again. */
class DebianTest {
    private static final Map<String, String> JAVA =
            Map.of("JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C.UTF-8");

    @TempDir
    static Path folder;

    private static String deb;

    @BeforeAll
    static void find() throws Exception {
        assumeTrue(Built.program("dpkg").isPresent(), "no dpkg here: this is no Debian");
        deb = Built.file("_all\\.deb").toString();
    }

    @Test
    void itSaysWhatItIsAndNeeds() throws Exception {
        assertEquals(
                "scaled-imaging",
                Built.told(Map.of(), 0, "dpkg-deb", "-f", deb, "Package").strip());
        String needs = Built.told(Map.of(), 0, "dpkg-deb", "-f", deb, "Depends").strip();
        assertEquals("default-jre-headless (>= 2:1.17) | java17-runtime-headless", needs);
        // A version of before a release is older than it.
        String version =
                Built.told(Map.of(), 0, "dpkg-deb", "-f", deb, "Version").strip();
        assertTrue(version.matches("\\d+\\.\\d+\\.\\d+(~\\d{12,14})?"), version);
        Built.told(Map.of(), 0, "dpkg", "--compare-versions", version, "le", version.replaceFirst("~.*", ""));
        for (String line : Built.lines("dpkg-deb", "-c", deb)) {
            assertTrue(line.matches("\\S+ +root/root .*|\\S+ +0/0 .*"), line);
        }
    }

    @Test
    void lintianFindsNoError() throws Exception {
        assumeTrue(Built.program("lintian").isPresent(), "no lintian here");
        String said = Built.told(Map.of("LC_ALL", "C.UTF-8"), 0, "lintian", "--allow-root", "--fail-on", "error", deb);
        assertFalse(said.contains("E: "), said);
    }

    @Test
    void itIsInstalledRunsAndIsRemovedCleanly() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may install");
        Path root = folder.resolve("root");
        Path data = Files.createDirectories(root.resolve("var/lib/dpkg"));
        for (String part : List.of("info", "updates")) {
            Files.createDirectory(data.resolve(part));
        }
        Files.createFile(data.resolve("status"));
        // Neither Java nor anything else is in that root.
        String[] dpkg = {
            "dpkg", "--root=" + root, "--log=" + folder.resolve("log"), "--force-depends", "--force-script-chrootless"
        };
        Built.told(JAVA, 0, words(dpkg, "--install", deb));
        Path program = root.resolve("usr/bin/scaled-imaging");
        assertTrue(Files.isSymbolicLink(program));
        assertTrue(Built.told(JAVA, 0, program.toString(), "--version").startsWith("scaled-imaging "));
        Path image = folder.resolve("copy.nii.gz");
        String sample = Built.ROOT.resolve("docs/sample/biased.nii.gz").toString();
        Built.told(JAVA, 0, program.toString(), "convert", sample, image.toString());
        assertTrue(Files.size(image) > 0);
        String page =
                root.resolve("usr/share/man/man1/scaled-imaging-process.1.gz").toString();
        assertTrue(Built.told(Map.of(), 0, "gzip", "-dc", page).contains(".TH \"SCALED\\-IMAGING\\-PROCESS\""));
        for (String file : List.of(
                "usr/share/bash-completion/completions/scaled-imaging",
                "usr/share/zsh/vendor-completions/_scaled-imaging",
                "usr/share/fish/vendor_completions.d/scaled-imaging.fish",
                "usr/share/doc/scaled-imaging/copyright",
                "usr/share/doc/scaled-imaging/sbom.cdx.json")) {
            assertTrue(Files.size(root.resolve(file)) > 0, file);
        }
        // What Java kept where root ran the command goes, too.
        Files.createDirectories(root.resolve("usr/lib/scaled-imaging/lib/caches/one.making"));
        Built.told(JAVA, 0, words(dpkg, "--remove", "scaled-imaging"));
        try (Stream<Path> left = Files.walk(root)) {
            assertEquals(
                    List.of(),
                    left.filter(file -> file.getFileName().toString().contains("scaled-imaging"))
                            .filter(file -> !file.startsWith(data))
                            .toList());
        }
    }

    private static String[] words(String[] before, String... after) {
        return Stream.concat(Stream.of(before), Stream.of(after)).toArray(String[]::new);
    }
}
