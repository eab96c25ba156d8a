package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/java.md compiles. */
class JavaPageTest {
    private static final Path PAGE = Path.of(System.getProperty("project.root"), "docs/java.md");
    private static final String IMPORTS = """
            import java.nio.file.Path;
            import java.util.*;
            import org.scaledimaging.engine.*;
            import org.scaledimaging.engine.block.*;
            import org.scaledimaging.engine.execute.*;
            import org.scaledimaging.engine.format.*;
            import org.scaledimaging.engine.format.omezarr.collection.Member;
            import org.scaledimaging.engine.image.*;
            import org.scaledimaging.engine.operation.*;
            import org.scaledimaging.engine.parameter.*;
            import org.scaledimaging.engine.plugin.*;
            import org.scaledimaging.engine.scaled.*;
            import org.scaledimaging.engine.segmentation.*;
            import org.scaledimaging.plugins.gaussian.*;
            """;

    @TempDir
    Path folder;

    private static List<String> examples(String page) {
        List<String> examples = new ArrayList<>();
        String[] parts = page.split("(?m)^```");
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith("java\n")) {
                examples.add(parts[i].substring("java\n".length()));
            }
        }
        return examples;
    }

    private String compiled(String name, String example) throws Exception {
        boolean type = example.contains("public final class ");
        String opened = example.contains("Image image = ") ? "" : "Image image, ";
        String source = IMPORTS
                + (type
                        ? example.replace("public final class ", "final class ")
                        : "class " + name + " { void run(" + opened + "Execution execution) throws Exception {\n"
                                + example + "} }");
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString());
            boolean done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            return done ? "" : said.toString();
        }
    }

    @Test
    void everyExampleCompiles() throws Exception {
        List<String> examples = examples(Files.readString(PAGE));
        assertTrue(examples.size() >= 4, examples.size() + " examples");
        for (int i = 0; i < examples.size(); i++) {
            assertEquals("", compiled("Example" + i, examples.get(i)), examples.get(i));
        }
        assertTrue(compiled("Broken", "image.applyNothing();").contains("applyNothing"));
    }
}
