package org.scaledimaging.engine.s3.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The process that writes a place, and how far it is, as its marker says.
 *
 * @param id what tells it from all others
 * @param computer that it runs on
 * @param process its number there
 * @param started when the process was started, in seconds since 1970
 * @param ending what the names of its arrays end with, so that they are nobody else's; empty for plain names
 * @param alone whether nothing was there when it began: so all that is there is its own, whatever the names
 * @param commit what is left to do, once all but that is done
 */
record Writer(
        String id, String computer, long process, long started, String ending, boolean alone, Optional<Commit> commit) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How far apart two tellings of when a process was started may be. */
    private static final long SECONDS_APART = 2;

    /**
     * What makes the new image the one that is there.
     *
     * @param documents that are put under their keys, the last one in order last
     * @param before the tag of the object that the last one replaces; {@code *} for none
     */
    record Commit(Map<String, String> documents, String before) {}

    /** This process, with an ending of its own. */
    static Writer here() {
        ProcessHandle process = ProcessHandle.current();
        String id = UUID.randomUUID().toString();
        return new Writer(
                id, computerHere(), process.pid(), startOf(process), "-" + id.substring(0, 8), false, Optional.empty());
    }

    /**
     * For who found nothing there.
     *
     * @param plain whether its arrays have plain names
     */
    Writer alone(boolean plain) {
        return new Writer(id, computer, process, started, plain ? "" : ending, true, commit);
    }

    Writer with(Commit toDo) {
        return new Writer(id, computer, process, started, ending, alone, Optional.of(toDo));
    }

    /**
     * Whether it was a process of this computer, which has ended, or this one, where it has come to nothing.
     *
     * @param atWork the numbers of this process' writers
     */
    boolean isKnownToHaveEnded(Set<String> atWork) {
        if (!computer.equals(computerHere())) {
            return false;
        } else if (process == ProcessHandle.current().pid()) {
            return !atWork.contains(id);
        }
        Optional<ProcessHandle> handle = ProcessHandle.of(process);
        return handle.isEmpty() || !handle.get().isAlive() || Math.abs(startOf(handle.get()) - started) > SECONDS_APART;
    }

    /** Who it is, for people. */
    String inWords() {
        return "the process " + process + " on " + computer.replaceAll(" .*", "");
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    }

    /** Its name, with the space that its numbers of processes hold in, where the system tells that. */
    private static String computerHere() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            name = "a computer without a name";
        }
        try {
            return name + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return name;
        }
    }

    ByteBuffer bytes() throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("writer", id).put("computer", computer).put("process", process).put("started", started);
        json.put("ending", ending).put("alone", alone);
        if (commit.isPresent()) {
            ObjectNode toDo = json.putObject("commit");
            toDo.put("before", commit.get().before());
            ObjectNode documents = toDo.putObject("documents");
            commit.get().documents().forEach(documents::put);
        }
        return ByteBuffer.wrap(JSON.writeValueAsBytes(json));
    }

    /** What a marker says; where it is none of ours, a writer of which nothing is known. */
    static Writer read(byte[] bytes) {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (IOException e) {
            json = JSON.createObjectNode();
        }
        Optional<Commit> commit = Optional.empty();
        if (json.has("commit")) {
            Map<String, String> documents = new TreeMap<>();
            json.path("commit")
                    .path("documents")
                    .fields()
                    .forEachRemaining(
                            one -> documents.put(one.getKey(), one.getValue().asText()));
            commit = Optional.of(
                    new Commit(documents, json.path("commit").path("before").asText("*")));
        }
        return new Writer(
                json.path("writer").asText(),
                json.path("computer").asText("a computer that is not known"),
                json.path("process").asLong(),
                json.path("started").asLong(),
                json.path("ending").asText(),
                json.path("alone").asBoolean(),
                commit);
    }
}
