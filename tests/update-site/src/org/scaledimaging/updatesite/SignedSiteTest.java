package org.scaledimaging.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.updatesite.Director.Ran;

/** The profile that signs, with a key that is made here; and a director that takes signed jars alone. */
@EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = "part of the campaigns: -Pcampaigns")
class SignedSiteTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final String PASSWORD = "only-for-this-test";
    private static final String FEATURE = "org.scaledimaging.source.feature.feature.group";

    @TempDir
    private static Path shared;

    @TempDir
    private Path temporary;

    private static Path unsigned;
    private static Path signed;
    private static String fingerprint;

    @BeforeAll
    static void sign() throws Exception {
        unsigned = sources(shared.resolve("unsigned"));
        signed = sources(shared.resolve("signed"));
        Path key = shared.resolve("key.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Director.run(
                        List.of(
                                keytool,
                                "-genkeypair",
                                "-keystore",
                                key.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-alias",
                                "test",
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-dname",
                                "CN=Scaled Imaging test",
                                "-validity",
                                "2"),
                        shared)
                .expectSuccess();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        fingerprint = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(keys.getCertificate("test").getEncoded()));
        // The goals of the profile alone, and without Tycho's target platform, which they do not need.
        Director.run(
                        List.of(
                                ROOT.resolve("mvnw").toString(),
                                "--batch-mode",
                                "-q",
                                "-f",
                                ROOT.resolve("pom.xml").toString(),
                                "-Dmaven.repo.local=" + System.getProperty("local.repository"),
                                "-Dtycho.mode=maven",
                                "-Psign",
                                "-pl",
                                "update-site",
                                "org.apache.maven.plugins:maven-jarsigner-plugin:sign@sign-the-jars",
                                "org.eclipse.tycho:tycho-p2-repository-plugin:fix-artifacts-metadata@sums-of-the-signed-jars",
                                "-Dsite=" + signed,
                                "-Dsign.keystore=" + key,
                                "-Dsign.alias=test",
                                "-Dsign.storepass=" + PASSWORD),
                        shared)
                .expectSuccess();
    }

    /** As the profile finds a site: metadata are not packed yet. Of the jars, those with sources, which need no others. */
    private static Path sources(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(Director.SITE)) {
            for (Path file : files.filter(found -> found.toString().matches(".*source[_.].*jar"))
                    .toList()) {
                Path target = copy.resolve(Director.SITE.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        for (String name : List.of("content", "artifacts")) {
            try (ZipFile zip = new ZipFile(Director.SITE.resolve(name + ".jar").toFile())) {
                Files.copy(zip.getInputStream(zip.getEntry(name + ".xml")), copy.resolve(name + ".xml"));
            }
        }
        return copy;
    }

    private Ran install(Path site, String... more) throws Exception {
        Path installed = temporary.resolve("installed");
        String[] arguments = Stream.concat(Stream.of("-installIU", FEATURE, "-trustSignedContentOnly"), Stream.of(more))
                .toArray(String[]::new);
        return new Director(temporary.resolve("director")).install(installed, List.of(site), arguments);
    }

    @Test
    void aSignedSiteIsInstalledWhereItsKeyIsTrusted() throws Exception {
        install(signed, "-trustedCertificates", fingerprint).expectSuccess();
        assertEquals(4, Director.bundles(temporary.resolve("installed")).size());
    }

    @Test
    void anotherKeyIsNotTrusted() throws Exception {
        assertNotEquals(
                0,
                install(signed, "-trustedCertificates", "00" + fingerprint.substring(2))
                        .code());
    }

    @Test
    void anUnsignedSiteIsRefused() throws Exception {
        Ran ran = install(unsigned, "-trustedCertificates", fingerprint);
        assertNotEquals(0, ran.code());
        assertTrue(ran.output().contains("unsigned"), ran.output());
    }

    @Test
    void aJarThatWasChangedAfterwardsIsRefused() throws Exception {
        Path site = copyWithAChangedJar();
        Ran ran = install(site, "-trustedCertificates", fingerprint);
        assertNotEquals(0, ran.code());
        assertFalse(Files.exists(temporary.resolve("installed/configuration/org.eclipse.equinox.simpleconfigurator")));
    }

    /** Whoever changes a jar on a server can change its sums beside it as well, but not the signature. */
    @Test
    void aJarThatWasChangedTogetherWithItsSumsIsRefused() throws Exception {
        Path site = copyWithAChangedJar();
        Path artifacts = site.resolve("artifacts.xml");
        String xml = Files.readString(artifacts);
        String without = xml.replaceAll(
                " *<property name='(download\\.checksum[^']*|download\\.size|artifact\\.size)'[^>]*/>\n", "");
        assertNotEquals(xml, without);
        Files.writeString(artifacts, without);
        Ran ran = install(site, "-trustedCertificates", fingerprint);
        assertNotEquals(0, ran.code(), ran.output());
        assertTrue(ran.output().contains("org.scaledimaging.engine.source"), ran.output());
    }

    private Path copyWithAChangedJar() throws IOException {
        Path site = temporary.resolve("changed");
        try (Stream<Path> files = Files.walk(signed)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = site.resolve(signed.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (file.getFileName().toString().startsWith("org.scaledimaging.engine.source_")) {
                    change(file, target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return site;
    }

    /** One letter of one file is another. */
    private static void change(Path jar, Path changed) throws IOException {
        String which = "org/scaledimaging/engine/Image.java";
        try (ZipFile zip = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
            assertTrue(zip.getEntry(which) != null);
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(which)) {
                    bytes[bytes.length / 2] ^= 1;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(bytes);
            }
        }
    }
}
