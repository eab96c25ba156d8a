package org.scaledimaging.objectstores;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.scaledimaging.cli.Main;

/**
 * The command line, in this JVM or, where it is killed or has another environment, as a process of its own; with nobody's
 * credentials but the tests'.
 */
final class CommandLine {
    /** The only one that s3rver knows. */
    static final String KEY = "S3RVER";

    static final String SECRET = "never-to-be-shown";

    private static final String ENDPOINT = "scaledimaging.s3.endpoint";

    /** With a profile that has the key: what this JVM asks stores by. */
    private static final Path HOME = home();

    private CommandLine() {}

    private static Path home() {
        try {
            Path home = Files.createTempDirectory("home");
            Path folder = Files.createDirectory(home.resolve(".aws"));
            Path keys = Files.write(
                    folder.resolve("credentials"),
                    List.of("[default]", "aws_access_key_id=" + KEY, "aws_secret_access_key=" + SECRET));
            Stream.of(home, folder, keys).forEach(path -> path.toFile().deleteOnExit());
            System.setProperty("user.home", home.toString());
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command came to. */
    record Outcome(int code, String out, String messages) {}

    /** A command on its way, as a process. */
    record Running(Process process, Path out, Path messages) {
        Outcome await() throws Exception {
            assertTrue(process.waitFor(3, TimeUnit.MINUTES), "ends");
            Outcome outcome = new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(messages, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(messages);
            return outcome;
        }
    }

    /** From now on, commands in this JVM ask this store. */
    static void ask(String endpoint) {
        System.setProperty(ENDPOINT, endpoint);
    }

    /** From now on, they ask none. */
    static void askNobody() {
        System.clearProperty(ENDPOINT);
    }

    /** Runs a command in this JVM. */
    static Outcome run(Object... arguments) {
        assertTrue(HOME.startsWith(System.getProperty("user.home")), "nobody else's credentials");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int code = Main.run(new PrintStream(out), new PrintStream(messages), () -> false, texts);
        return new Outcome(code, out.toString(Charset.defaultCharset()), messages.toString(Charset.defaultCharset()));
    }

    /** Starts a command as a process, with a secret of its own for the store that this JVM asks. */
    static Running start(String secret, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.home=" + HOME,
                "-Dscaledimaging.durability=none",
                "-cp",
                System.getProperty("java.class.path"),
                "org.scaledimaging.cli.Main"));
        Stream.of(arguments).forEach(argument -> command.add(argument.toString()));
        Path out = Files.createTempFile(HOME, "out", ".txt");
        Path messages = Files.createTempFile(HOME, "messages", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(messages.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_EC2_METADATA_DISABLED",
                        "true",
                        "LC_ALL",
                        "C.UTF-8",
                        "AWS_ACCESS_KEY_ID",
                        KEY,
                        "AWS_SECRET_ACCESS_KEY",
                        secret,
                        "AWS_ENDPOINT_URL",
                        System.getProperty(ENDPOINT)));
        return new Running(builder.start(), out, messages);
    }
}
