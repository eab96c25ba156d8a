package org.scaledimaging.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive that brings a Java, as those have it who unpack it: without another Java, in a folder of any name. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "unpacks by tar and runs the script for bash")
class ArchiveTest {
    private static final String CAMPAIGN = "part of the campaigns: -Pcampaigns";
    private static final Path ROOT = Built.ROOT;
    private static final long MIB = 1 << 20;

    @TempDir
    static Path folder;

    private static Path archive;
    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        archive = Built.file("-(linux|macos)-\\w+\\.tar\\.gz");
        home = Built.unpacked(archive, folder.resolve("bäume und anderes"));
    }

    /** What a program prints, with nothing in its environment but where programs are that are no Java. */
    private static String told(Map<String, String> environment, int exitCode, String... command) throws Exception {
        Path programs = folder.resolve("programs");
        if (!Files.exists(programs)) {
            Files.createDirectory(programs);
            for (String name : List.of(
                    "bash",
                    "tar",
                    "gzip",
                    "readlink",
                    "locale",
                    "cat",
                    "env",
                    "mkdir",
                    "ln",
                    "find",
                    "mv",
                    "rm",
                    "touch",
                    "sed")) {
                Files.createSymbolicLink(
                        programs.resolve(name), Built.program(name).orElseThrow());
            }
            Path nice =
                    programs.resolve("nice"); // one that lets go first: the test waits for what runs in the background
            Files.writeString(nice, "#!/usr/bin/env bash\nshift 2\nexec \"$@\"\n");
            assertTrue(nice.toFile().setExecutable(true));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("LC_ALL", "C.UTF-8"); // for programs of the JDK, to name the folder
        builder.environment().putAll(Built.QUICK);
        builder.environment().putAll(environment);
        return Built.told(builder, exitCode);
    }

    private static String ran(String... arguments) throws Exception {
        return ran(Map.of(), 0, arguments);
    }

    private static String ran(Map<String, String> environment, int exitCode, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/scaled-imaging").toString()));
        command.addAll(List.of(arguments));
        return told(environment, exitCode, command.toArray(String[]::new));
    }

    @Test
    void theMainJobIsDoneWithoutAnotherJava() throws Exception {
        Path output = folder.resolve("corrected.ome.zarr");
        ran("process", ROOT.resolve("docs/sample/biased.nii.gz").toString(), output.toString(), "--plugin", "n4");
        String info = ran("info", output.toString());
        assertTrue(info.contains("56 x 67 x 57") && info.contains("float32"), info);
        ran("picture", output.toString(), folder.resolve("corrected.png").toString()); // by the runtime's java.desktop
        assertTrue(Files.size(folder.resolve("corrected.png")) > 1000);
    }

    @Test
    void versionCommitAndJavaAreNamed() throws Exception {
        String version = ran("--version");
        assertTrue(
                version.matches("scaled-imaging \\d+\\.\\d+\\.\\d+(\\.\\d{12})? \\(commit .*\\), Java \\S+\\s"),
                version);
    }

    @Test
    void itIsNoLargerThanSaid() throws Exception {
        assertTrue(Files.size(archive) <= 60 * MIB, Files.size(archive) + " bytes");
    }

    @Test
    void aLinkToItRunsIt() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("si"), home.resolve("bin/scaled-imaging"));
        assertTrue(told(Map.of(), 0, link.toString(), "--version").startsWith("scaled-imaging "));
    }

    @Test
    void aJavaThatIsNoneIsSaidInOneSentence() throws Exception {
        assertEquals(
                "scaled-imaging: JAVA_HOME is /nowhere, which has no bin/java: set it to a Java 17 or newer.\n",
                ran(Map.of("JAVA_HOME", "/nowhere"), 1, "info"));
    }

    /** Who may not write beside the jars has the class cache in a folder of their own. */
    @Test
    @EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = CAMPAIGN)
    void whatJavaLearnsIsKeptWhereItMayBeWritten() throws Exception {
        Path caches = folder.resolve("my caches/scaled-imaging");
        Path lib = home.resolve("lib");
        boolean writable = !lib.toFile().setWritable(false) || Files.isWritable(lib); // root may write anywhere
        try {
            ran(
                    Map.of(
                            "SCALED_IMAGING_CLASS_CACHE",
                            "",
                            "XDG_CACHE_HOME",
                            caches.getParent().toString()),
                    0,
                    "--version");
            Path expected = writable ? lib.resolve("caches") : caches;
            for (int i = 0; i < 1200 && !isMade(expected); i++) {
                Thread.sleep(100);
            }
            assertTrue(isMade(expected));
            String log = ran(
                    Map.of(
                            "SCALED_IMAGING_CLASS_CACHE",
                            "",
                            "SCALED_IMAGING_JAVA_OPTS",
                            "-Xlog:class+load=info",
                            "XDG_CACHE_HOME",
                            caches.getParent().toString()),
                    0,
                    "--version");
            // From a folder of such a name Java 17 keeps its own classes alone.
            assertTrue(log.contains(" source: shared objects file"), log);
        } finally {
            lib.toFile().setWritable(true);
        }
    }

    private static boolean isMade(Path caches) throws IOException {
        if (!Files.exists(caches)) {
            return false;
        }
        try (Stream<Path> files = Files.list(caches)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertFalse(names.stream().anyMatch(name -> name.endsWith(".failed")), names.toString());
            return names.size() == 1 && names.stream().noneMatch(name -> name.endsWith(".making"));
        }
    }

    @Test
    void eachVerbHasItsPageAndIsCompleted() throws Exception {
        String help = ran("--help");
        List<String> verbs = help.lines()
                .dropWhile(line -> !line.equals("Verbs:"))
                .skip(1)
                .filter(line -> line.matches("  [a-z]+ .*"))
                .map(line -> line.strip().split(" ")[0])
                .filter(verb -> !verb.equals("scaled-imaging"))
                .collect(Collectors.toList());
        assertTrue(verbs.containsAll(List.of("process", "info", "completion")), help);
        String fish = Files.readString(home.resolve("share/fish/vendor_completions.d/scaled-imaging.fish"));
        String bash = Files.readString(home.resolve("share/bash-completion/completions/scaled-imaging"));
        for (String verb : verbs) {
            String page = Files.readString(home.resolve("share/man/man1/scaled-imaging-" + verb + ".1"));
            assertTrue(page.contains("scaled-imaging-" + verb + " \\- "), page);
            assertTrue(fish.contains("-a " + verb + " "), verb);
            assertTrue(bash.contains(verb), verb);
        }
        // brackets in what stands for a value are no markup
        assertTrue(Files.readString(home.resolve("share/man/man1/scaled-imaging-statistics.1"))
                .contains("[\\fB\\-\\-voxel\\-size\\fP=\\fIZ,Y,X[UNIT]\\fP] [\\fB\\-\\-well\\fP=\\fIROW/COLUMN\\fP]"));
        String process = Files.readString(home.resolve("share/man/man1/scaled-imaging-process.1"));
        assertTrue(process.contains("\\-\\-downsample\\-factor\\fP") && process.contains("\\-\\-plugin\\fP"), process);
        // nor are asterisks; what the help ends with is there, and what exit codes mean
        assertTrue(process.contains("** any folders, as in \\*(Aqsub\\-*/anat/*_T1w.nii.gz\\*(Aq"), process);
        assertTrue(process.contains("\\-\\-name \\*(Aq{name}_n4.nii.gz\\*(Aq \\-\\-plugin n4"), process);
        assertTrue(process.contains(".SH \"EXIT STATUS\""), process);
    }

    /** Pages lie beside what they link to, pictures and the sample that README's first command takes among it. */
    @Test
    void noLinkOfThePagesLeadsNowhere() throws Exception {
        Pattern link = Pattern.compile("]\\((?![a-z]+:|#)([^)#\\s]+)");
        List<String> missing = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path page :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                Matcher links = link.matcher(Files.readString(page));
                while (links.find()) {
                    if (!Files.exists(page.resolveSibling(links.group(1)))) {
                        missing.add(home.relativize(page) + ": " + links.group(1));
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(Files.exists(home.resolve("docs/sample/biased.nii.gz")));
        assertTrue(Files.exists(home.resolve("workflows/nextflow/main.nf")));
    }

    /** What the Containerfile does with the archive, on this system's files: {@link ContainerTest} needs a builder. */
    @Test
    void theStepsOfTheContainerDoWithoutABuilder() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectories(root.resolve("usr/local/bin"));
        Path copy = Files.createDirectory(root.resolve("opt")).resolve(home.getFileName());
        Built.told(Map.of(), 0, "cp", "--recursive", "--link", home.toString(), copy.toString());
        String file = Files.readString(ROOT.resolve("bundles/org.scaledimaging.distribution/container/Containerfile"));
        String steps = file.substring(file.indexOf("\nRUN ") + 5, file.indexOf("\n\n", file.indexOf("\nRUN ")))
                .replaceAll("(?m)^ *#.*\n", "")
                .replaceAll(" (?=/(opt|usr/local|data))", " " + root);
        assertTrue(steps.contains(root + "/opt/scaled-imaging/bin/"), steps);
        told(Map.of(), 0, "bash", "-c", steps);
        assertTrue(Files.isDirectory(root.resolve("data")));
        assertTrue(Files.exists(root.resolve("opt/scaled-imaging/runtime/lib/server/classes.jsa")));
        Path command = root.resolve("usr/local/bin").resolve(file.replaceAll("(?s).*ENTRYPOINT \\[\"|\"].*", ""));
        assertTrue(told(Map.of(), 0, command.toString(), "--version").startsWith("scaled-imaging "));
    }

    /** Of modules of Java, the runtime has what our jars need. */
    @Test
    void theRuntimeHoldsWhatTheJarsNeed() throws Exception {
        Path jdeps = Path.of(System.getProperty("java.home"), "bin/jdeps");
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            List<String> all = jars.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
            List<String> command = new ArrayList<>(List.of(
                    jdeps.toString(),
                    "-J-XX:TieredStopAtLevel=1",
                    "-J-XX:+UseSerialGC",
                    "--ignore-missing-deps",
                    "--multi-release",
                    "17",
                    "--print-module-deps",
                    "--class-path",
                    String.join(":", all)));
            all.stream().filter(name -> name.contains("/org.scaledimaging.")).forEach(command::add);
            String needed = told(Map.of(), 0, command.toArray(String[]::new)).strip();
            String present = told(Map.of(), 0, home.resolve("runtime/bin/java").toString(), "--list-modules");
            List<String> modules =
                    present.lines().map(line -> line.replaceFirst("@.*", "")).toList();
            assertTrue(
                    modules.containsAll(List.of(
                            needed.lines().reduce((a, b) -> b).orElseThrow().split(","))),
                    needed + " of " + modules);
        }
    }
}
