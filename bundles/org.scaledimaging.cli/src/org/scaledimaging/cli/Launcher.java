package org.scaledimaging.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts the command line in a Java with the options that it needs, for systems without bash: what launch/start.bash does
 * elsewhere. Takes --memory from the arguments; input, output and the exit code are those of what it starts.
 */
public final class Launcher {
    private static final String PROGRAM = "scaled-imaging: ";
    private static final String MEMORY = "--memory";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([mMgG])");
    /** Verbs that are over before Java's second compiler has saved what it takes. */
    private static final Set<String> SHORT = Set.of("info", "plugins", "help", "completion");

    private static final long MIB = 1 << 20;

    private Launcher() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> command;
        try {
            // What Java takes by itself, this one too.
            command = command(System.getenv(), Runtime.getRuntime().maxMemory() / MIB, List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(PROGRAM + e.getMessage());
            System.exit(2);
            return;
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        // Who stops this one means the other, which cleans up first.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.destroy();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        System.exit(process.waitFor());
    }

    /**
     * What is started.
     *
     * @param byItself the heap that Java takes if it is not told, in MiB
     * @throws IllegalArgumentException when there is no sense in a size of memory, with a sentence that says so
     */
    static List<String> command(Map<String, String> environment, long byItself, List<String> arguments) {
        List<String> rest = new ArrayList<>();
        String memory = environment.getOrDefault("SCALED_IMAGING_MEMORY", "");
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                rest.addAll(arguments.subList(i, arguments.size()));
                break;
            }
            if (argument.equals(MEMORY)) {
                if (++i == arguments.size()) {
                    throw new IllegalArgumentException(expectedSize("nothing"));
                }
                memory = arguments.get(i);
            } else if (argument.startsWith(MEMORY + "=")) {
                memory = argument.substring(MEMORY.length() + 1);
            } else {
                rest.add(argument);
            }
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.nio.maxCachedBufferSize=1048576"));
        if (Stream.of("SCALED_IMAGING_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
                .noneMatch(name -> environment.getOrDefault(name, "").matches(".*-XX:\\+Use\\w*GC\\b.*"))) {
            command.add(1, "-XX:+UseParallelGC");
        }
        long heap = byItself;
        if (!memory.isEmpty()) {
            heap = mebibytes(memory) * 2 / 3;
            command.add("-Xmx" + heap + "m");
            command.add("-XX:MaxDirectMemorySize=" + heap / 4 + "m");
        }
        String options = environment.getOrDefault("SCALED_IMAGING_JAVA_OPTS", "");
        if (heap >= 2048 && !options.matches(".*-X([mn]|X:).*")) {
            command.add("-XX:MaxNewSize=256m");
        }
        int java = Runtime.version().feature();
        if (java >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (java >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (rest.isEmpty() || rest.get(0).startsWith("-") || SHORT.contains(rest.get(0))) {
            command.add("-XX:TieredStopAtLevel=1");
        } else if (java <= 25) {
            command.addAll(List.of(
                    "-XX:Tier4InvocationThreshold=20000",
                    "-XX:Tier4MinInvocationThreshold=2400",
                    "-XX:Tier4CompileThreshold=60000",
                    "-XX:Tier4BackEdgeThreshold=160000"));
        }
        Arrays.stream(options.split("\\s+")).filter(word -> !word.isEmpty()).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(rest);
        return command;
    }

    private static long mebibytes(String size) {
        Matcher parts = SIZE.matcher(size);
        if (!parts.matches()) {
            throw new IllegalArgumentException(expectedSize(size));
        }
        long mebibytes = Long.parseLong(parts.group(1)) * (parts.group(2).equalsIgnoreCase("g") ? 1024 : 1);
        if (mebibytes < 256) {
            throw new IllegalArgumentException(MEMORY + ": found " + size + ", expected at least 256m.");
        }
        return mebibytes;
    }

    private static String expectedSize(String found) {
        return MEMORY + ": found " + found + ", expected a size such as 2g or 800m.";
    }
}
