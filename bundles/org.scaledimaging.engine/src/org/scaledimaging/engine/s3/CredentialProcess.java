package org.scaledimaging.engine.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A program that a profile names to print keys as JSON, its {@code credential_process}. Source: AWS SDKs and Tools
 * Reference Guide, "Process credential provider". What it prints is never shown.
 */
final class CredentialProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LONGEST = 1 << 16;

    /** Words, in which spaces stand between quotes alone. */
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

    private CredentialProcess() {}

    static Credentials run(String command, String profile) throws IOException {
        List<String> words = WORD.matcher(command)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replaceAll("[\"']", ""))
                .toList();
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException | RuntimeException e) {
            throw failure(profile, "that does not start", e);
        }
        try {
            process.getOutputStream().close();
            CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> read(process));
            CompletableFuture<Process> end = process.onExit();
            if (!Waiting.until(nanos -> Waiting.isDone(CompletableFuture.allOf(out, end), nanos), PATIENCE.toNanos())) {
                throw failure(profile, "that does not end within " + PATIENCE.toSeconds() + " seconds", null);
            }
            String text = new String(Waiting.result(out), StandardCharsets.UTF_8);
            Optional<Credentials> keys = process.exitValue() == 0
                    ? CredentialServers.json(Optional.of(text), Instant.MAX)
                    : Optional.empty();
            if (keys.isEmpty()) {
                throw failure(profile, "that ended with " + process.exitValue() + " and printed no keys", null);
            }
            return keys.get();
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] read(Process process) {
        try {
            return process.getInputStream().readNBytes(LONGEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IOException failure(String profile, String what, Exception cause) {
        return new ImageFormatException(
                "AWS profile " + profile, "a credential_process " + what, "one that prints keys as JSON", cause);
    }
}
