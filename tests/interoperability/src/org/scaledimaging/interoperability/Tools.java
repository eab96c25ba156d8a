package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The programs to read and write with, as {@code tools/install} left them: which are there, and one running process of
 * each. A test that asks for one that is missing is skipped, with the reason.
 */
final class Tools {
    private static final Path MODULE = Path.of(System.getProperty("project.root"), "tests", "interoperability");
    private static final Path FOLDER = MODULE.resolve("target/tools");
    private static final long INSTALLING_MINUTES = 9;

    /** What {@code tools/install} said, by name: a version, or why it is missing. */
    private record Found(boolean there, String what) {}

    private static final Map<String, Found> FOUND = install();
    private static final Map<String, Tool> RUNNING = new HashMap<>();

    private Tools() {}

    private static Map<String, Found> install() {
        Map<String, Found> found = new HashMap<>();
        try {
            Process process = new ProcessBuilder(MODULE.resolve("tools/install").toString(), FOLDER.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            for (String line :
                    process.inputReader(StandardCharsets.UTF_8).lines().toList()) {
                System.out.println("interoperability: " + line);
                if (line.startsWith("there ")) {
                    String[] words = line.split(" ", 3);
                    found.put(words[1], new Found(true, words[2]));
                } else if (line.startsWith("missing ")) {
                    String[] words = line.substring("missing ".length()).split(": ", 2);
                    found.put(words[0], new Found(false, words[1]));
                }
            }
            process.waitFor(INSTALLING_MINUTES, TimeUnit.MINUTES);
        } catch (IOException e) {
            System.out.println("interoperability: tools/install did not run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    /** What is known of a tool, as a version or a path; skips the test without it. */
    static String require(String name) {
        Found found = FOUND.getOrDefault(name, new Found(false, "tools/install does not run here"));
        if (!found.there()) {
            System.out.println("interoperability: skipped, without " + name + ": " + found.what());
        }
        assumeTrue(found.there(), () -> "without " + name + ": " + found.what());
        return found.what();
    }

    static Tool zarrPython() throws IOException {
        return python("zarr", "zarr_python.py");
    }

    static Tool nibabel() throws IOException {
        return python("nibabel", "nibabel_files.py");
    }

    static Tool tifffile() throws IOException {
        return python("tifffile", "tifffile_files.py");
    }

    static Tool zarrita() throws IOException {
        return node("zarrita", "zarrita.mjs");
    }

    static Tool ngffZarr() throws IOException {
        return node("ngff-zarr", "ngff_zarr.mjs");
    }

    /** A file of nibabel's own test data. */
    static Path nibabelData(String name) {
        return Path.of(require("nibabel-data"), name);
    }

    private static Tool python(String name, String script) throws IOException {
        return running(name, List.of("/usr/bin/python3", "-B", "tools/" + script));
    }

    private static Tool node(String name, String script) throws IOException {
        return running(name, List.of("node", FOLDER.resolve(script).toString()));
    }

    private static synchronized Tool running(String name, List<String> command) throws IOException {
        require(name);
        Tool tool = RUNNING.get(name);
        if (tool == null) {
            tool = Tool.start(command, MODULE);
            RUNNING.put(name, tool);
        }
        return tool;
    }
}
