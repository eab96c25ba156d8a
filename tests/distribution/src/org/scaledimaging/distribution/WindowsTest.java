package org.scaledimaging.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The script for Windows, as it lies in the archive: its text, and where there is a Wine, what it does there. */
class WindowsTest {
    private static final Path WINE = Path.of("/usr/lib/wine/wine64");

    @TempDir
    static Path folder;

    private static String script;

    @BeforeAll
    static void read() throws Exception {
        try (ZipFile zip = new ZipFile(Built.file("-any\\.zip").toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(one -> one.getName().endsWith("/bin/scaled-imaging.bat"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = zip.getInputStream(entry)) {
                script = new String(in.readAllBytes(), UTF_8);
            }
        }
    }

    /** Elsewhere {@code goto} misses its label, and a folder such as "Program Files (x86)" ends a block. */
    @Test
    void linesEndAsWindowsWantsAndThereAreNoBlocks() {
        assertFalse(Pattern.compile("(?<!\r)\n").matcher(script).find());
        for (String line : script.split("\r\n")) {
            assertFalse(line.matches(".*\\(\\s*"), line);
        }
    }

    @Test
    void itSaysWhatTheOtherScriptSays() throws Exception {
        String other = Files.readString(Built.ROOT.resolve("bundles/org.scaledimaging.cli/launch/start.bash"));
        List<String> sentences = new ArrayList<>();
        Matcher fails = Pattern.compile("fail \"([^\"]*Java 17[^\"]*)\"").matcher(other);
        while (fails.find()) {
            sentences.add(fails.group(1).replaceAll("\\$(\\w+)", "%$1%").replace("bin/java", "bin\\java.exe"));
        }
        assertTrue(sentences.remove("cannot tell the version of %java%: set JAVA_HOME to a Java 17 or newer."));
        assertEquals(3, sentences.size(), sentences::toString);
        for (String sentence : sentences) {
            assertTrue(script.contains("set \"message=" + sentence + "\"\r\n"), sentence);
        }
    }

    /** A Java that says which it is, and what it was asked. Wine shows no standard error of programs of Linux. */
    private static Path java(String place, String version) throws Exception {
        Path home = folder.resolve(place);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java.exe");
        Files.writeString(
                java,
                "#!/bin/sh\n[ \"$1\" != -fullversion ] || { echo 'java full version \"" + version + "\"'; exit; }\n"
                        + "for word; do printf '[%s]' \"$word\"; done\n");
        assertTrue(java.toFile().setExecutable(true));
        return home;
    }

    private static String told(String javaHome, String... arguments) throws Exception {
        Path bat = Files.createDirectories(folder.resolve("a (new) folder/bin")).resolve("scaled-imaging.bat");
        Files.writeString(bat, script);
        List<String> command = new ArrayList<>(List.of(WINE.toString(), "cmd", "/c", "bin\\scaled-imaging.bat"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(bat.getParent().getParent().toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "DISPLAY"));
        builder.environment().put("WINEPREFIX", folder.resolve("wine").toString());
        builder.environment().put("WINEDEBUG", "-all");
        builder.environment().put("WINEDLLOVERRIDES", "mscoree,mshtml=");
        if (!javaHome.isEmpty()) {
            builder.environment().put("JAVA_HOME", "Z:" + javaHome.replace('/', '\\'));
        }
        return Built.told(builder, arguments.length == 0 ? 1 : 0).strip();
    }

    @Test
    @EnabledIfSystemProperty(
            named = "campaigns",
            matches = "full",
            disabledReason = "Wine takes its time to start first")
    void itFindsItsJavaInWine() throws Exception {
        assumeTrue(Files.isExecutable(WINE), "no Wine here");
        Path java = java("Program Files (x86)/Java & more", "21.0.1+12-LTS");
        told(java.toString(), "once"); // Wine makes its folder
        String called = told(java.toString(), "process", "a b.nii", "--memory", "2g");
        assertTrue(
                called.matches("\\[-XX:.*\\[-cp]\\[.*\\\\lib\\\\\\*]\\[org\\.scaledimaging\\.cli\\.Launcher]"
                        + "\\[process]\\[a b\\.nii]\\[--memory]\\[2g]"),
                called);
        String old = told(java("old", "1.8.0_201-b09").toString());
        assertTrue(old.matches("scaled-imaging: Z:.*\\\\old\\\\bin\\\\java\\.exe is Java 8: install Java 17 .*"), old);
        assertEquals("scaled-imaging: no Java found: install Java 17 or newer, or set JAVA_HOME to one.", told(""));
        assertEquals(
                "scaled-imaging: JAVA_HOME is Z:\\no (x86) & where, which has no bin\\java.exe: set it to a Java 17 or newer.",
                told("/no (x86) & where"));
        java("a (new) folder/runtime", "17");
        assertTrue(told("", "info").endsWith("[info]"));
    }
}
