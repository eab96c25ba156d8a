package org.scaledimaging.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;

/** The archives describe the jars in them: bills of materials, licences. */
class PartsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What stands in the text of each licence, and in no other's. */
    private static final Map<String, String> WORDS = Map.of(
            "0BSD", "for any purpose with or without fee is hereby granted",
            "Apache-2.0", "Apache License",
            "BSD-2-Clause", "Redistribution and use in source and binary forms",
            "BSD-3-Clause", "Neither the name of",
            "GPL-3.0-only", "GNU GENERAL PUBLIC LICENSE",
            "LGPL-2.1-or-later", "GNU LESSER GENERAL PUBLIC LICENSE",
            "MIT", "Permission is hereby granted, free of charge");

    /** The archive for any Java, by its names inside. */
    private static Map<String, byte[]> any() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(Built.file("-any\\.zip").toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    files.put(entry.getName().replaceFirst("^[^/]+/", ""), in.readAllBytes());
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> jars(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().matches("lib/[^/]+\\.jar"))
                .collect(Collectors.toMap(
                        file -> file.getKey().substring("lib/".length()),
                        Map.Entry::getValue,
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static String sum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String licence(JsonNode component) {
        JsonNode licence = component.path("licenses").path(0);
        return licence.path("license")
                .path("id")
                .asText(licence.path("expression").asText());
    }

    @Test
    void eachJarStandsInTheBillWithVersionLicenceAndSumAndNothingElse() throws Exception {
        Map<String, byte[]> files = any();
        Map<String, String> jars = new HashMap<>();
        for (Map.Entry<String, byte[]> jar : jars(files).entrySet()) {
            jars.put(sum(jar.getValue()), jar.getKey());
        }
        assertTrue(jars.size() > 15, jars::toString);
        List<String> page = Files.readAllLines(Built.ROOT.resolve("docs/dependencies.md"));
        JsonNode bill = JSON.readTree(files.get("sbom.cdx.json"));
        assertEquals(jars.size(), bill.path("components").size());
        for (JsonNode component : bill.path("components")) {
            String name = component.path("name").asText();
            String version = component.path("version").asText();
            assertEquals("SHA-256", component.path("hashes").path(0).path("alg").asText());
            String file =
                    jars.remove(component.path("hashes").path(0).path("content").asText());
            assertTrue(file != null && file.endsWith("-" + version + ".jar"), () -> name + " " + file);
            if (file.startsWith("org.scaledimaging.")) {
                assertEquals("GPL-3.0-only", licence(component));
            } else {
                String row = "| `" + name + "` | " + version + " | "
                        + licence(component).replace(" OR ", " or ") + " |";
                assertTrue(page.stream().anyMatch(line -> line.startsWith(row)), row);
                assertEquals(
                        "pkg:maven/" + component.path("group").asText() + "/" + name + "@" + version + "?type=jar",
                        component.path("purl").asText());
            }
        }
        assertEquals(Map.of(), jars);
    }

    @Test
    void theBillsHoldToCycloneDxAndLieBesideTheArchivesToo() throws Exception {
        byte[] any = any().get("sbom.cdx.json");
        JsonParser parser = new JsonParser();
        assertEquals(List.of(), parser.validate(any, Version.VERSION_16));
        assertFalse(parser.validate("{\"bomFormat\": \"CycloneDX\"}".getBytes(UTF_8), Version.VERSION_16)
                .isEmpty());
        assertEquals(new String(any, UTF_8), Files.readString(Built.file("-any\\.cdx\\.json")));
        Path platform = Built.file("-(linux|macos|windows)-\\w+\\.cdx\\.json");
        assertEquals(List.of(), parser.validate(Files.readAllBytes(platform), Version.VERSION_16));
        JsonNode components = JSON.readTree(platform.toFile()).path("components");
        JsonNode java = components.get(components.size() - 1);
        assertEquals("platform", java.path("type").asText());
        assertEquals(System.getProperty("java.version"), java.path("version").asText());
    }

    @Test
    void noJarIsWithoutTheTextOfItsLicence() throws Exception {
        Map<String, byte[]> files = any();
        Map<String, String> licences = new HashMap<>();
        JSON.readTree(files.get("sbom.cdx.json"))
                .path("components")
                .forEach(part ->
                        licences.put(part.path("hashes").path(0).path("content").asText(), licence(part)));
        for (Map.Entry<String, byte[]> jar : jars(files).entrySet()) {
            byte[] text = files.get("licenses/" + jar.getKey().replaceFirst("-\\d.*", ".txt"));
            assertTrue(text != null, jar.getKey());
            for (String licence : licences.get(sum(jar.getValue())).split(" OR ")) {
                String words = WORDS.get(licence);
                String line = new String(text, UTF_8).replaceAll("\\s+", " ");
                assertTrue(words != null && line.contains(words), () -> jar.getKey() + ": " + licence);
            }
        }
        String zstd = new String(files.get("licenses/zstd-jni.txt"), UTF_8); // the binding and the native library
        assertTrue(zstd.contains("Luben Karavelov") && zstd.contains("Facebook"), zstd);
        String viewer = new String(files.get("licenses/org.scaledimaging.viewer.txt"), UTF_8);
        try (ZipFile jar =
                new ZipFile(Stream.of(Built.FOLDER.resolve("jars").toFile().listFiles())
                        .filter(file -> file.getName().startsWith("org.scaledimaging.viewer"))
                        .findFirst()
                        .orElseThrow())) {
            boolean bundled = jar.stream().anyMatch(entry -> entry.getName().endsWith("neuroglancer/main.js"));
            assertEquals(bundled, viewer.contains("neuroglancer ") && viewer.contains("zstd, in numcodecs"));
        }
        try (Stream<Path> legal = Files.list(Built.FOLDER.resolve("runtime/legal"))) {
            assertTrue(legal.anyMatch(module -> Files.exists(module.resolve("LICENSE"))));
        }
    }
}
