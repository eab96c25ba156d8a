package org.scaledimaging.spark.tests;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ivy.Ivy;

/** A Java process with Spark on its class path; it and its children are gone after {@link #close}. */
final class SparkProcess implements Closeable {
    private static final Path TARGET =
            Path.of(System.getProperty("project.root"), "bundles/org.scaledimaging.spark/target");

    /** Laid out as a folder of Spark's own. */
    static final Path SPARK_HOME = TARGET.resolve("spark");

    static final Path JAR = TARGET.resolve("scaled-imaging-spark.jar");

    private static final String MAIN = "org.scaledimaging.cli.Main";

    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private final Process process;
    private final BufferedReader out;

    private SparkProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A process of Spark alone, as a cluster has them; what it starts listens on the same address. */
    static SparkProcess ofCluster(Path log, String host, List<String> prefix, String... mainAndArguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(java("-Xmx200m", SPARK_HOME + "/jars/*"));
        command.addAll(List.of(mainAndArguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", SPARK_HOME.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", host);
        return new SparkProcess(builder.start());
    }

    /** A process that takes commands. */
    static SparkProcess ofCommands(String... options) throws IOException {
        return ofCommands(Map.of(), options);
    }

    /** The same, with more in its environment. */
    static SparkProcess ofCommands(Map<String, String> environment, String... options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine(Commands.class.getName(), options));
        builder.environment().putAll(environment);
        return new SparkProcess(builder.redirectErrorStream(true).start());
    }

    /** A process for one command of the command line. */
    static SparkProcess ofMain(List<String> options, String... arguments) throws IOException {
        List<String> command = commandLine(MAIN, options.toArray(String[]::new));
        command.addAll(List.of(arguments));
        return started(command);
    }

    /** A process for one command of the command line, started as {@code spark-submit} does. */
    static SparkProcess ofSubmit(List<String> options, String... arguments) throws IOException {
        List<String> command = java("-Xmx520m", SPARK_HOME + "/jars/*:" + locationOf(Ivy.class));
        command.add("org.apache.spark.deploy.SparkSubmit");
        command.addAll(options);
        command.addAll(List.of("--class", MAIN, JAR.toString()));
        command.addAll(List.of(arguments));
        return started(command);
    }

    private static SparkProcess started(List<String> command) throws IOException {
        return new SparkProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static Path locationOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static List<String> commandLine(String main, String... options) {
        List<String> command = java("-Xmx520m", JAR + ":" + SPARK_HOME + "/jars/*:" + locationOf(Commands.class));
        command.addAll(command.size() - 2, List.of(options));
        command.add(main);
        return command;
    }

    private static List<String> java(String memory, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(memory, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    /** What a command printed, and its exit code. */
    record Answer(int exitCode, String text) {}

    /** Gives a command to {@link Commands} and waits for its end. */
    Answer run(Consumer<String> lines, String... arguments) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((String.join("\t", arguments) + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        StringBuilder text = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(Commands.EXIT_CODE)) {
                return new Answer(Integer.parseInt(line.substring(Commands.EXIT_CODE.length())), text.toString());
            }
            lines.accept(line);
            text.append(line).append('\n');
        }
        throw new IOException("the process ended: " + text);
    }

    Answer run(String... arguments) throws IOException {
        return run(line -> {}, arguments);
    }

    /** The next line that it prints; null at its end. */
    String line() throws IOException {
        return out.readLine();
    }

    /** All further lines that it prints. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    /** Tells it to end, as Ctrl-C does (which processes in the background may be made to ignore). */
    void end() {
        process.toHandle().destroy(); // that of the process itself closes what it prints to
    }

    int exitCode() throws InterruptedException {
        return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
    }

    /** Ends it and what it started at once, as a loss of power does. */
    void kill() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Has what it started stand still, or go on: STOP, CONT. */
    void signalChildren(String signal) {
        try {
            for (ProcessHandle child : process.descendants().toList()) {
                new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid()))
                        .start()
                        .waitFor();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until nothing that it started is left; false when time is up. */
    boolean childrenEnd(int seconds) throws InterruptedException {
        for (int tenths = 0; tenths < 10 * seconds; tenths++) {
            if (process.descendants().findAny().isEmpty()) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        kill();
        process.onExit().join();
    }
}
