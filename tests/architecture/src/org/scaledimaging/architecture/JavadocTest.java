package org.scaledimaging.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes a plugin, embeds the engine or works on either finds a comment at each public member. */
class JavadocTest {
    private static final Path BUNDLES = Path.of(System.getProperty("project.root"), "bundles");

    @TempDir
    private Path classes;

    @Test
    void eachPublicMemberHasAComment() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String bundle : List.of("org.scaledimaging.engine", "org.scaledimaging.plugins")) {
            try (Stream<Path> all = Files.walk(BUNDLES.resolve(bundle).resolve("src"))) {
                all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        assertTrue(files.size() > 300, () -> "files: " + files.size());
        assertEquals(new TreeSet<>(), without(files));
    }

    /** Members without a comment, as {@code File.java:line}; constructors of records, which records' own comments tell of, left out. */
    private SortedSet<String> without(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        SortedSet<String> without = new TreeSet<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(found, Locale.ENGLISH, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-Xdoclint:missing/public",
                    "--should-stop=ifNoError=FLOW", // comments are looked at then: no classes are made
                    "-Xmaxwarns",
                    "10000",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            boolean compiled = compiler.getTask(
                            null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertTrue(compiled, () -> found.getDiagnostics().toString());
            for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
                if (each.getMessage(Locale.ENGLISH).contains("no comment") && !isCompactConstructor(each)) {
                    without.add(Path.of(each.getSource().toUri()).getFileName() + ":" + each.getLineNumber());
                }
            }
        }
        return without;
    }

    private static boolean isCompactConstructor(Diagnostic<? extends JavaFileObject> each) throws IOException {
        String line = each.getSource()
                .getCharContent(true)
                .toString()
                .lines()
                .toList()
                .get((int) each.getLineNumber() - 1);
        return line.strip().matches("public \\w+ \\{");
    }
}
