package org.scaledimaging.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that starts Java, beside a build that is done and with a Java that prints what it is told. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash")
class LauncherTest {
    private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void pretend() throws Exception {
        Path root = Path.of(System.getProperty("project.root"));
        script = Files.copy(
                root.resolve("scaled-imaging"), folder.resolve("scaled-imaging"), StandardCopyOption.COPY_ATTRIBUTES);
        String start = "bundles/org.scaledimaging.cli/launch/start.bash";
        Files.createDirectories(folder.resolve(start).getParent());
        Files.copy(root.resolve(start), folder.resolve(start), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("pom.xml"), "");
        Path jars = Files.createDirectories(folder.resolve(".scaled-imaging/jars.1"));
        Files.writeString(jars.resolve("one.jar"), "");
        Files.writeString(folder.resolve(".scaled-imaging/current"), "jars.1");
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, """
            #!/usr/bin/env bash
            for word in "$@"; do
              case $word in -XX:DumpLoadedClassList=*) echo >"${word#*=}" ;; esac
              [[ $* != *-Xshare:dump* || $word != -XX:SharedArchiveFile=* ]] || echo >"${word#*=}"
            done
            printf '%s\\n' "$@"
            """);
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    /** What Java is told, word by word. */
    private List<String> words(Map<String, String> environment, String... arguments) throws Exception {
        return words(0, environment, arguments);
    }

    private List<String> words(int exitCode, Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment()
                .keySet()
                .removeAll(List.of("TMPDIR", "SCALED_IMAGING_JAVA_OPTS", "SCALED_IMAGING_MEMORY"));
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().put("SCALED_IMAGING_CLASS_CACHE", "off");
        builder.environment().putAll(environment);
        Path out = folder.resolve("out.txt");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        List<String> words = Files.readAllLines(out);
        assertEquals(exitCode, process.exitValue(), words.toString());
        return words;
    }

    @Test
    void theTemporaryFolderOfTheEnvironmentIsJavas() throws Exception {
        List<String> words = words(Map.of("TMPDIR", "/my tmp", "SCALED_IMAGING_JAVA_OPTS", "-Xmx1g"), "info", "a b");
        int folder = words.indexOf("-Djava.io.tmpdir=/my tmp");
        assertTrue(folder >= 0 && folder < words.indexOf("-Xmx1g"), words.toString()); // what comes later counts
        assertEquals(List.of("info", "a b"), words.subList(words.size() - 2, words.size()));
    }

    @Test
    void withoutOneJavaChooses() throws Exception {
        List<String> words = words(Map.of(), "info");
        assertTrue(words.stream().noneMatch(word -> word.contains("tmpdir")), words.toString());
    }

    /** A locale that Java could name no file beyond ASCII in: that of containers, and one that is not installed. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8", ""})
    @EnabledOnOs(OS.LINUX)
    void aLocaleWithoutLettersIsReplaced(String locale) throws Exception {
        Files.writeString(folder.resolve("java/bin/java"), "#!/bin/sh\necho \"$LC_ALL\"\nlocale charmap\n");
        Map<String, String> environment =
                locale.isEmpty() ? Map.of("LC_ALL", "", "LANG", "", "LC_CTYPE", "") : Map.of("LC_ALL", locale);
        List<String> words = words(environment, "info");
        assertTrue(words.get(words.size() - 2).endsWith(".UTF-8"), words.toString());
        assertEquals("UTF-8", words.get(words.size() - 1), words.toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLocaleWithLettersStays() throws Exception {
        Files.writeString(folder.resolve("java/bin/java"), "#!/bin/sh\necho \"$LC_ALL\"\n");
        assertEquals(List.of("C.utf8"), words(Map.of("LC_ALL", "C.utf8"), "info"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void streamsThatAreClosedAreNobodyElses() throws Exception {
        Files.writeString(
                folder.resolve("java/bin/java"),
                "#!/usr/bin/env bash\nlink=$(readlink /proc/$$/fd/1)\n{ echo no >&1; } 2>/dev/null\n"
                        + "echo \"$? $link\" >"
                        + folder.resolve("told") + "\n");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "exec '" + script + "' info >&-");
        builder.environment().put("SCALED_IMAGING_CLASS_CACHE", "off");
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        Process process = builder.redirectErrorStream(true).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals("1 /dev/null", Files.readString(folder.resolve("told")).strip());
    }

    @ParameterizedTest
    @CsvSource({"--memory;3g;info;a b", "info;--memory=3072m;a b", "info;a b;--memory;3G"})
    void memoryBoundsHeapAndWhatLiesOutside(String line) throws Exception {
        List<String> words = words(Map.of("SCALED_IMAGING_MEMORY", "1g"), line.split(";"));
        assertTrue(words.containsAll(List.of("-Xmx2048m", "-XX:MaxDirectMemorySize=512m")), words.toString());
        assertEquals(List.of("info", "a b"), words.subList(words.size() - 2, words.size()));
    }

    @Test
    void youngObjectsHaveABoundWhereTheHeapIsFarLarger() throws Exception {
        String bound = "-XX:MaxNewSize=256m";
        assertTrue(words(Map.of(), "info", "--memory", "4g").contains(bound));
        assertFalse(words(Map.of(), "info", "--memory", "1g").contains(bound));
        assertFalse(words(Map.of("SCALED_IMAGING_JAVA_OPTS", "-Xmx300m"), "info", "--memory", "4g")
                .contains(bound)); // Java would warn, and leave nothing to long-lived objects
    }

    @ParameterizedTest
    @CsvSource({"always [madvise] never, yes", "always madvise [never], no", "[always] madvise never, no", "'', no"})
    void hugePagesAreAskedForWhereTheSystemGivesThem(String says, String asked) throws Exception {
        Path file = folder.resolve("a root/sys/kernel/mm/transparent_hugepage/enabled");
        if (!says.isEmpty()) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, says + "\n");
        }
        String script = "source bundles/org.scaledimaging.cli/launch/start.bash;"
                + " if has_huge_pages 'a root'; then echo yes; else echo no; fi";
        Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        assertEquals(asked + "\n", new String(process.getInputStream().readAllBytes(), UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "SCALED_IMAGING_JAVA_OPTS, -Dx=y -XX:+UseSerialGC, false",
        "JAVA_TOOL_OPTIONS, -XX:+UseG1GC, false",
        "SCALED_IMAGING_JAVA_OPTS, -XX:+UseGCOverheadLimit -XX:ParallelGCThreads=1, true"
    })
    void aCollectorThatIsAskedForIsTheOnlyOne(String variable, String options, boolean ours) throws Exception {
        Map<String, String> environment = Map.of(variable, options);
        assertEquals(ours, words(environment, "info").contains("-XX:+UseParallelGC"));
        assertEquals(ours, Launcher.command(environment, 1024, List.of("info")).contains("-XX:+UseParallelGC"));
    }

    @Test
    void hugePagesAreForLargeHeaps() throws Exception {
        Path file = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        boolean there = Files.exists(file) && Files.readString(file).contains("[madvise]");
        assertEquals(there, words(Map.of(), "process", "--memory", "4g").contains(HUGE_PAGES));
        assertFalse(words(Map.of(), "process", "--memory", "1g").contains(HUGE_PAGES));
    }

    @Test
    void theSecondCompilerWaitsInLongVerbs() throws Exception {
        List<String> later = List.of(
                "-XX:Tier4InvocationThreshold=20000",
                "-XX:Tier4MinInvocationThreshold=2400",
                "-XX:Tier4CompileThreshold=60000",
                "-XX:Tier4BackEdgeThreshold=160000");
        assertTrue(words(Map.of(), "process", "a.nii", "b.nii").containsAll(later));
        assertTrue(Collections.disjoint(words(Map.of(), "info", "a.nii"), later));
    }

    /** Control groups of both versions: of a container, which sees its own as the root, and of a job on a cluster. */
    @ParameterizedTest
    @CsvSource({
        "'', '', '', 16384",
        "0::/, memory.max, 2147483648, 2048",
        "0::/, memory.max, max, 16384",
        "0::/slurm/job 7/step, slurm/job 7/memory.max, 1073741824, 1024",
        "0::/slurm/job 7/step, slurm/other/memory.max, 1073741824, 16384",
        "4:memory:/docker/abc, memory/docker/abc/memory.limit_in_bytes, 536870912, 512",
        "4:memory:/docker/abc, memory/memory.limit_in_bytes, 9223372036854771712, 16384",
        "4:cpu:/docker/abc, memory/docker/abc/memory.limit_in_bytes, 536870912, 16384"
    })
    void theComputersMemoryIsWhatItsControlGroupMayTake(String group, String file, String limit, int mebibytes)
            throws Exception {
        Path root = folder.resolve("a root");
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/meminfo"), "MemTotal:       16777216 kB\nMemFree:         1000000 kB\n");
        if (!group.isEmpty()) {
            Files.writeString(root.resolve("proc/self/cgroup"), "9:devices:/other\n" + group + "\n");
            Path said = root.resolve("sys/fs/cgroup").resolve(file);
            Files.createDirectories(said.getParent());
            Files.writeString(said, limit + "\n");
        }
        Process process = new ProcessBuilder(
                        "bash",
                        "-euo",
                        "pipefail",
                        "-c",
                        "source bundles/org.scaledimaging.cli/launch/start.bash; computer_mebibytes 'a root'")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        assertEquals(mebibytes + "\n", new String(process.getInputStream().readAllBytes(), UTF_8));
    }

    @Test
    void memoryComesFromTheEnvironmentToo() throws Exception {
        List<String> words = words(Map.of("SCALED_IMAGING_MEMORY", "768m"), "info", "--", "--memory");
        assertTrue(words.contains("-Xmx512m"), words.toString());
        assertEquals(List.of("info", "--", "--memory"), words.subList(words.size() - 3, words.size()));
        assertTrue(words(Map.of(), "info").stream().noneMatch(word -> word.startsWith("-Xmx")));
    }

    /** Where there is no bash, Java is told the same by a class. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "info;a b",
                "info;--memory=3g;a b",
                "info;--memory;700m;--;--memory",
                "process;--memory=4G;SCALED_IMAGING_JAVA_OPTS=-Xmx1g -Dx=y",
                "process;SCALED_IMAGING_MEMORY=8g"
            })
    void theClassForSystemsWithoutBashSaysTheSame(String line) throws Exception {
        Map<String, String> environment = Stream.of(line.split(";"))
                .filter(word -> word.startsWith("SCALED"))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        List<String> arguments = Stream.of(line.split(";"))
                .filter(word -> !word.startsWith("SCALED"))
                .toList();
        Files.writeString(
                folder.resolve("java/release"),
                "JAVA_VERSION=\"" + Runtime.version().feature() + ".0.1\"\n");
        long computer = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        List<String> byClass = Launcher.command(environment, computer / 4 >> 20, arguments);
        List<String> byScript = words(environment, arguments.toArray(String[]::new));
        byScript.remove(HUGE_PAGES); // Linux alone has them
        byClass.set(byClass.indexOf("-cp") + 1, "jars");
        byScript.set(byScript.indexOf("-cp") + 1, "jars");
        assertEquals(byScript, byClass.subList(1, byClass.size()));
    }

    @ParameterizedTest
    @CsvSource({"two, found two", "100m, found 100m", "9g;--memory, found nothing"})
    void theClassRefusesWhatTheScriptRefuses(String size, String found) throws Exception {
        List<String> arguments = List.of(("info;--memory;" + size).split(";"));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Launcher.command(Map.of(), 1024, arguments));
        assertEquals(
                words(2, Map.of(), arguments.toArray(String[]::new)),
                List.of("scaled-imaging: " + refused.getMessage()));
        assertTrue(refused.getMessage().contains(found), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, --version", "2, infos"})
    void theClassGivesTheExitCodeOfWhatItStarts(int exitCode, String argument) throws Exception {
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        argument)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        assertEquals(exitCode, process.exitValue(), Files.readString(out));
        assertTrue(Files.readString(out).startsWith("scaled-imaging"), Files.readString(out));
    }

    @ParameterizedTest
    @CsvSource({"info a.nii, true", "--version, true", "'', true", "process a.nii b.nii, false", "convert --help, false"
    })
    void shortVerbsGoWithoutTheSecondCompiler(String line, boolean first) throws Exception {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        String option = "-XX:TieredStopAtLevel=1";
        assertEquals(first, words(Map.of(), arguments).contains(option));
        List<String> chosen = words(Map.of("SCALED_IMAGING_JAVA_OPTS", "-XX:TieredStopAtLevel=4"), arguments);
        assertTrue(chosen.indexOf(option) < chosen.indexOf("-XX:TieredStopAtLevel=4")); // the last counts
    }

    private static final Map<String, String> WITH_CACHE = Map.of("SCALED_IMAGING_CLASS_CACHE", "");

    /** The files of the class cache, in the order of their names, once there are so many and nobody makes one. */
    private List<Path> cached(int number) throws Exception {
        Path caches = folder.resolve(".scaled-imaging/jars.1/caches");
        List<Path> all = List.of();
        for (int i = 0; i < 600; i++) {
            try (Stream<Path> files = Files.exists(caches) ? Files.list(caches) : Stream.empty()) {
                all = files.sorted().toList();
                if (all.size() == number
                        && all.stream().noneMatch(file -> file.toString().endsWith(".making"))) {
                    return all;
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError(all.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.1", "25.0.1"})
    void whatJavaReadIsKeptForTheNextStart(String version) throws Exception {
        String option = "-XX:SharedArchiveFile=";
        Files.writeString(
                folder.resolve("java/release"), "JAVA_VERSION=\"" + version + "\"\nIMPLEMENTOR_VERSION=\"Mine\"\n");
        assertTrue(words(WITH_CACHE, "info").stream().noneMatch(word -> word.startsWith(option)));
        Path cache = cached(1).get(0);
        assertTrue(words(WITH_CACHE, "info").contains(option + cache));
        assertFalse(words(Map.of(), "info").contains(option + cache));
        Files.setLastModifiedTime(cache, FileTime.fromMillis(0));
        assertFalse(words(WITH_CACHE, "info").contains(option + cache)); // of other jars
        for (int i = 0; i < 600 && Files.getLastModifiedTime(cached(1).get(0)).toMillis() == 0; i++) {
            Thread.sleep(50);
        }
        assertTrue(words(WITH_CACHE, "info").contains(option + cache));
    }

    @Test
    void onlyAnArchiveThatJavaShouldHaveTakenIsToBeRemoved() throws Exception {
        words(WITH_CACHE, "info");
        String removed = "-Dscaledimaging.class.archive=" + cached(1).get(0);
        assertTrue(words(WITH_CACHE, "info").contains(removed));
        for (String variable : List.of("SCALED_IMAGING_JAVA_OPTS", "JAVA_TOOL_OPTIONS")) {
            Map<String, String> environment = new HashMap<>(WITH_CACHE);
            environment.put(variable, "--limit-modules java.base"); // with which Java takes none
            assertFalse(words(environment, "info").contains(removed));
        }
    }

    @ParameterizedTest
    @CsvSource({"off, false", "auto, true"})
    void anArchiveThatJavaDidNotTakeIsRemoved(String share, boolean stays) throws Exception {
        Path archive = Files.writeString(folder.resolve("archive"), "");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:" + share,
                        "-Dscaledimaging.class.archive=" + archive,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertEquals(stays, Files.exists(archive));
    }

    /** Of another build of Java there is another file. */
    @Test
    void anotherJavaHasAFileOfItsOwn() throws Exception {
        words(WITH_CACHE, "info");
        Path cache = cached(1).get(0);
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\nIMPLEMENTOR_VERSION=\"Other\"\n");
        assertFalse(words(WITH_CACHE, "info").contains("-XX:SharedArchiveFile=" + cache));
        Path other = cached(2).get(1);
        assertEquals(Path.of(cache + "-_Other_"), other);
        assertTrue(words(WITH_CACHE, "info").contains("-XX:SharedArchiveFile=" + other));
    }

    @Test
    void aRehearsalThatFailedIsNotRepeated() throws Exception {
        Path java = folder.resolve("java/bin/java");
        Path told = folder.resolve("told");
        Files.writeString(
                java, "#!/usr/bin/env bash\n[[ $* != *DumpLoadedClassList* ]] || { echo >>" + told + "; exit 1; }\n");
        words(WITH_CACHE, "info");
        assertTrue(cached(1).get(0).toString().endsWith(".failed"));
        words(WITH_CACHE, "info");
        Thread.sleep(200);
        assertEquals(1, cached(1).size());
        assertEquals(1, Files.readAllLines(told).size());
        Files.setLastModifiedTime(
                cached(1).get(0), FileTime.from(Instant.now().minus(Duration.ofDays(2)))); // what was wrong may be over
        Files.setLastModifiedTime(folder.resolve(".scaled-imaging/jars.1/one.jar"), FileTime.fromMillis(0));
        words(WITH_CACHE, "info");
        for (int i = 0; i < 600 && Files.readAllLines(told).size() < 2; i++) {
            Thread.sleep(50);
        }
        assertEquals(2, Files.readAllLines(told).size());
    }

    /** Root may write anywhere: a file where the folder of builds would be stands for one that may not be written to. */
    @Test
    void whereNothingMayBeBuiltASentenceSaysWhatToDo() throws Exception {
        Path builds = folder.resolve(".scaled-imaging");
        Files.move(builds, folder.resolve("moved"));
        Files.createFile(builds);
        assertEquals(
                List.of("scaled-imaging: " + folder.toRealPath()
                        + " may not be written to, so nothing can be built there: "
                        + "copy it, or install the command line (docs/install.md)."),
                words(1, Map.of(), "info"));
    }

    @ParameterizedTest
    @CsvSource({
        "--memory=2, 'found 2, expected a size such as 2g or 800m.'",
        "--memory=two, 'found two, expected a size such as 2g or 800m.'",
        "--memory=100m, 'found 100m, expected at least 256m.'",
        "--memory, 'found nothing, expected a size such as 2g or 800m.'"
    })
    void whatIsNoSizeIsSaidInOneSentence(String argument, String found) throws Exception {
        assertEquals(List.of("scaled-imaging: --memory: " + found), words(2, Map.of(), "info", argument));
    }
}
