package org.scaledimaging.knime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All of KNIME that the nodes link to is there: in the declarations, or in the real KNIME that the build is told of. */
class SymbolsTest {
    private static final Path LIST =
            Path.of(System.getProperty("project.root"), "tests/architecture/knime-symbols.txt");

    /** Annotations of file choosers: each KNIME has some of them, and what is missing is ignored. */
    private static final String CHOOSERS = "org.knime.core.webui.node.dialog.defaultdialog.internal.file.";

    @Test
    void everySymbolIsThere() throws Exception {
        List<String> missing = new ArrayList<>();
        for (String symbol : Files.readAllLines(LIST)) {
            String name = symbol.substring(symbol.indexOf(' ') + 1);
            if (!name.startsWith(CHOOSERS) && !isThere(symbol.substring(0, symbol.indexOf(' ')), name)) {
                missing.add(symbol);
            }
        }
        assertEquals(List.of(), missing);
    }

    private static boolean isThere(String kind, String symbol) {
        try {
            return switch (kind) {
                case "class" -> load(symbol) != null;
                case "field" ->
                    hasField(symbol.substring(0, symbol.indexOf(' ')), symbol.substring(symbol.indexOf(' ') + 1));
                default -> hasMethod(symbol.substring(0, symbol.indexOf('(')), symbol.substring(symbol.indexOf('(')));
            };
        } catch (ClassNotFoundException | TypeNotPresentException e) {
            return false;
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, SymbolsTest.class.getClassLoader());
    }

    private static boolean hasField(String name, String type) throws ClassNotFoundException {
        Class<?> owner = load(name.substring(0, name.lastIndexOf('.')));
        return Arrays.stream(owner.getDeclaredFields())
                .anyMatch(field -> field.getName().equals(name.substring(name.lastIndexOf('.') + 1))
                        && field.getType().descriptorString().equals(type));
    }

    private static boolean hasMethod(String name, String type) throws ClassNotFoundException {
        Class<?> owner = load(name.substring(0, name.lastIndexOf('.')));
        String method = name.substring(name.lastIndexOf('.') + 1);
        if (method.equals("<init>")) {
            return Arrays.stream(owner.getDeclaredConstructors())
                    .anyMatch(constructor -> MethodType.methodType(void.class, constructor.getParameterTypes())
                            .descriptorString()
                            .equals(type));
        }
        return hasMethod(owner, method, type);
    }

    /** Here, or where it is inherited from. */
    private static boolean hasMethod(Class<?> owner, String name, String type) {
        boolean here = Arrays.stream(owner.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(name)
                        && MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                                .descriptorString()
                                .equals(type));
        return here
                || owner.getSuperclass() != null && hasMethod(owner.getSuperclass(), name, type)
                || Arrays.stream(owner.getInterfaces()).anyMatch(above -> hasMethod(above, name, type));
    }
}
