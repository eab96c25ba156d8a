package org.scaledimaging.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Manifests take Jackson from 2.13 on, the one that is there: all that bundles link to is in that version. */
class OldestJacksonTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path JARS = ROOT.resolve("tests/architecture/target/jackson");

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static SortedSet<String> linked() throws IOException {
        SortedSet<String> linked = new TreeSet<>();
        for (String bundle : List.of("engine", "plugins", "knime")) {
            for (Path file : files(ROOT.resolve("bundles/org.scaledimaging." + bundle + "/target/classes"), ".class")) {
                for (String symbol : ClassSymbols.of(file)) {
                    if (symbol.matches("\\w+ com\\.fasterxml\\.jackson\\..*")) {
                        linked.add(symbol);
                    }
                }
            }
        }
        return linked;
    }

    @Test
    void whatBundlesLinkToIsInTheOldestThatTheyTake() throws Exception {
        List<URL> jars = new ArrayList<>();
        for (Path jar : files(JARS, ".jar")) {
            jars.add(jar.toUri().toURL());
        }
        assertEquals(3, jars.size(), "annotations, core, databind");
        SortedSet<String> linked = linked();
        assertTrue(
                linked.stream().filter(symbol -> symbol.startsWith("method ")).count() > 50, linked::toString);
        List<String> missing = new ArrayList<>();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader oldest = new URLClassLoader(jars.toArray(URL[]::new), platform)) {
            for (String symbol : linked) {
                if (!isIn(oldest, symbol)) {
                    missing.add(symbol);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** @param symbol as {@link ClassSymbols} tells it */
    private static boolean isIn(ClassLoader loader, String symbol) throws ClassNotFoundException {
        String[] words = symbol.split(" ");
        if (words[0].equals("class")) {
            return isThere(loader, words[1]);
        }
        String member = words[1].replaceFirst("\\(.*", "");
        int dot = member.lastIndexOf('.');
        String name = member.substring(dot + 1);
        if (!isThere(loader, member.substring(0, dot))) {
            return false;
        }
        Class<?> owner = Class.forName(member.substring(0, dot), false, loader);
        if (words[0].equals("field")) {
            return Arrays.stream(owner.getFields())
                    .anyMatch(field -> field.getName().equals(name));
        }
        MethodType type = MethodType.fromMethodDescriptorString(words[1].substring(member.length()), loader);
        if (name.equals("<init>")) {
            return Arrays.stream(owner.getDeclaredConstructors())
                    .anyMatch(made -> Arrays.equals(made.getParameterTypes(), type.parameterArray()));
        }
        return hasMethod(owner, name, type);
    }

    private static boolean isThere(ClassLoader loader, String name) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean hasMethod(Class<?> owner, String name, MethodType type) {
        if (owner == null) {
            return false;
        }
        return Arrays.stream(owner.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals(name)
                                && method.getReturnType() == type.returnType()
                                && Arrays.equals(method.getParameterTypes(), type.parameterArray()))
                || hasMethod(owner.getSuperclass(), name, type)
                || Arrays.stream(owner.getInterfaces()).anyMatch(one -> hasMethod(one, name, type));
    }
}
