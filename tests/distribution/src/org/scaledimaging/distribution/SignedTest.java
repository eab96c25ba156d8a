package org.scaledimaging.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The profile that signs what is staged for Maven, with a key that is made here. */
@EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = "part of the campaigns: -Pcampaigns")
class SignedTest {
    @TempDir
    static Path folder;

    private static String gpg(Path keys, int exitCode, String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Built.program("gpg").orElseThrow().toString(), "--homedir", keys.toString(), "--batch"));
        command.addAll(List.of(words));
        return Built.told(Map.of("LC_ALL", "C"), exitCode, command.toArray(String[]::new));
    }

    @Test
    void everyFileHasASignatureThatHolds() throws Exception {
        assumeTrue(Built.program("gpg").isPresent(), "no GnuPG here");
        assumeTrue(Files.exists(MavenTest.STAGING), "built without Javadoc, so nothing is staged for Maven");
        Path keys = Files.createDirectory(
                folder.resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        gpg(keys, 0, "--passphrase", "", "--quick-gen-key", "Test <test@example.org>", "rsa2048", "sign", "1d");
        Path staging = folder.resolve("staging");
        List<String> build = new ArrayList<>(List.of(
                Built.ROOT.resolve("mvnw").toString(),
                "--batch-mode",
                "-f",
                Built.ROOT.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + System.getProperty("local.repository"),
                "-Dtycho.mode=maven", // the goals of the profile alone need no target platform
                "-Psign-maven",
                "-pl",
                "bundles/org.scaledimaging.distribution/maven",
                "-Dstaging=" + staging,
                "-Dgpg.homedir=" + keys));
        for (String artifact : MavenTest.ARTIFACTS) {
            build.add("org.apache.maven.plugins:maven-gpg-plugin:sign-and-deploy-file@" + artifact);
        }
        try {
            Built.told(Map.of(), 0, build.toArray(String[]::new));
        } finally {
            Built.told(Map.of("GNUPGHOME", keys.toString()), 0, "gpgconf", "--kill", "all");
        }
        List<Path> signatures;
        try (Stream<Path> files = Files.walk(staging)) {
            signatures = files.filter(file -> file.toString().endsWith(".asc")).toList();
        }
        assertEquals(MavenTest.ARTIFACTS.size() * 4, signatures.size(), signatures::toString);
        for (Path signature : signatures) {
            Path signed = Path.of(signature.toString().replaceFirst("\\.asc$", ""));
            assertTrue(gpg(keys, 0, "--verify", signature.toString(), signed.toString())
                    .contains("Good signature"));
        }
        Path changed = Path.of(signatures.get(0).toString().replaceFirst("\\.asc$", ""));
        Files.write(changed, new byte[] {0}, StandardOpenOption.APPEND);
        gpg(keys, 1, "--verify", signatures.get(0).toString(), changed.toString());
    }
}
