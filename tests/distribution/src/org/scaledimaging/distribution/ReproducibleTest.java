package org.scaledimaging.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * Published files hold nothing that makes two builds of a commit differ: times, owners, orders of folders, caches of
 * Java. {@code tests/distribution/reproducible} builds twice and compares, which takes too long here.
 */
class ReproducibleTest {
    private static List<TarArchiveEntry> entries(InputStream packed) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(packed));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            entries.add(entry);
        }
        return entries;
    }

    private static void hold(List<TarArchiveEntry> entries) {
        Set<Long> times = new HashSet<>();
        for (TarArchiveEntry entry : entries) {
            assertEquals(0, entry.getLongUserId(), entry.getName());
            assertEquals(0, entry.getLongGroupId(), entry.getName());
            assertTrue(Set.of("", "root").contains(entry.getUserName()), entry.getUserName());
            assertTrue(Set.of("", "root").contains(entry.getGroupName()), entry.getGroupName());
            // whatever the umask of who built it
            assertTrue(Set.of(0444, 0644, 0755, 0777).contains(entry.getMode() & 07777), entry.getName());
            times.add(entry.getLastModifiedTime().toMillis());
        }
        assertEquals(1, times.size(), times::toString);
    }

    @Test
    void archivesHaveNoTimesAndOwnersOfTheirFiles() throws Exception {
        for (String end : List.of("-any\\.tar\\.gz", "-(linux|macos)-\\w+\\.tar\\.gz")) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(Built.file(end)))) {
                List<TarArchiveEntry> entries = entries(in);
                assertTrue(entries.size() > 50, end);
                hold(entries);
                assertTrue(entries.stream().noneMatch(entry -> entry.getName().endsWith(".jsa")), "a cache of Java's");
            }
            try (InputStream in = Files.newInputStream(Built.file(end))) {
                byte[] head = in.readNBytes(8);
                assertEquals(0, head[4] | head[5] | head[6] | head[7], "a time in the head of gzip");
            }
        }
        hold(Built.file("-any\\.zip"));
    }

    /** A zip file's entries all have one time. */
    private static void hold(Path file) throws IOException {
        Set<Long> times = new HashSet<>();
        try (ZipFile zip = new ZipFile(file)) {
            for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
                times.add(all.nextElement().getTime());
            }
        }
        assertEquals(1, times.size(), () -> file + ": " + times);
    }

    @Test
    void ourJarsHaveTheTimeOfTheBuildAlone() throws Exception {
        List<Path> ours;
        try (Stream<Path> jars = Files.list(Built.FOLDER.resolve("jars"))) {
            ours = jars.filter(jar -> jar.getFileName().toString().startsWith("org.scaledimaging."))
                    .toList();
        }
        assertEquals(4, ours.size(), ours::toString);
        for (Path jar : ours) {
            hold(jar);
        }
    }

    @Test
    void thePackageForDebianHasNeither() throws Exception {
        int parts = 0;
        Set<Long> times = new HashSet<>();
        try (ArArchiveInputStream ar =
                new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(Built.file("_all\\.deb"))))) {
            for (ArArchiveEntry part = ar.getNextEntry(); part != null; part = ar.getNextEntry()) {
                times.add(part.getLastModified());
                if (part.getName().matches("(control|data)\\.tar\\.gz")) {
                    hold(entries(ar));
                    parts++;
                }
            }
        }
        assertEquals(2, parts);
        assertEquals(1, times.size(), times::toString);
    }

    /** Else a file has the mode that the umask of the build gives it, and others may not read what root unpacks. */
    @Test
    void descriptorsOfArchivesSayTheModeOfEveryFile() throws Exception {
        Path folder = Built.ROOT.resolve("bundles/org.scaledimaging.distribution/assembly");
        int sets = 0;
        for (String name : List.of("any", "platform", "contents")) {
            Document descriptor = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve(name + ".xml").toFile());
            for (String kind : List.of("file", "fileSet")) {
                NodeList all = descriptor.getElementsByTagName(kind);
                for (int i = 0; i < all.getLength(); i++, sets++) {
                    String text = all.item(i).getTextContent().strip();
                    assertTrue(
                            text.matches(kind.equals("file") ? "(?s).*\\s0644" : "(?s).*\\s0(644|755)\\s+0755"), text);
                }
            }
        }
        assertTrue(sets > 10, sets + " files and sets of them");
    }
}
