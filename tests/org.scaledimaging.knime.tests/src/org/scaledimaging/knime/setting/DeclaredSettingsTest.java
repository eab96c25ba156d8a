package org.scaledimaging.knime.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.recipe.Operations;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.scaled.ScaledProcessingDeclaration;
import org.scaledimaging.knime.nodes.NodeSetTest;
import org.scaledimaging.knime.setting.choice.ChannelsPersistor;

/** Dialogs repeat what the engine declares for scaled processing and for applying a field. */
class DeclaredSettingsTest {
    /** Keys of before the engine's names. */
    private static final Map<String, String> CALLED =
            Map.of("useTempZarr", "useTemporary", "tempZarrPath", "temporaryFolder", "keepTemp", "keepTemporary");

    @Test
    void eachParameterOfScaledProcessingHasItsWidget() throws Exception {
        // the plugin and its parameters, the port's role, an operation of its own before all else, and the result
        Set<String> others = Set.of(
                "plugin",
                "gaussian",
                "n4",
                "parameters",
                "portImage",
                "subtract",
                "lowResolution",
                "result",
                "pixelType");
        compare(new ScaledProcessingParameters(), ScaledProcessingDeclaration.PARAMETERS, others);
    }

    @Test
    void eachParameterOfApplyingAFieldHasItsWidget() throws Exception {
        OperationKind kind = Operations.ALL.stream()
                .filter(each -> each.id().equals("applyField"))
                .findFirst()
                .orElseThrow();
        List<Parameter> butThePort = kind.parameters().stream()
                .filter(parameter -> !parameter.name().equals("field"))
                .toList();
        compare(new ApplyFieldParameters(), butThePort, Set.of("pixelType"));
    }

    @Test
    void whatIsSaidOfAnImageHasItsWidgets() throws Exception {
        List<Parameter> declared = Operations.named("describe").orElseThrow().parameters();
        Set<String> others = Set.of(
                "path",
                "copyIntoWorkflow",
                "series",
                "well",
                "fieldOfView",
                "imageDescription",
                "level",
                "channel",
                "time");
        compare(new LoadImageParameters(), declared, others);
    }

    private static void compare(NodeParameters dialog, List<Parameter> declared, Set<String> others) throws Exception {
        Set<String> names = declared.stream()
                .map(parameter -> CALLED.getOrDefault(parameter.name(), parameter.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> widgets = NodeSetTest.fields(dialog.getClass()).stream()
                .filter(field -> field.getDeclaringClass().isInstance(dialog))
                .map(Field::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        widgets.removeAll(others);
        assertEquals(names, widgets);
        for (Parameter parameter : declared) {
            Field field = dialog.getClass().getField(CALLED.getOrDefault(parameter.name(), parameter.name()));
            Widget widget = field.getAnnotation(Widget.class);
            assertNotNull(widget, field.getName());
            assertTrue(
                    parameter.unit().isEmpty()
                            || parameter.name().endsWith("Factor")
                            || widget.title().endsWith(" (" + parameter.unit() + ")"),
                    widget.title());
            Object value = field.get(dialog) instanceof String[] channels
                    ? ChannelsPersistor.text(channels)
                    : field.get(dialog);
            compare(parameter, field, value, widget.description());
        }
    }

    private static void compare(Parameter parameter, Field field, Object value, String description) {
        String name = parameter.name();
        switch (parameter.type()) {
            case CHOICE -> {
                List<String> words = Arrays.stream(field.getType().getEnumConstants())
                        .map(DeclaredSettingsTest::word)
                        .toList();
                assertEquals(new TreeSet<>(parameter.choices()), new TreeSet<>(words), name);
                assertEquals(parameter.defaultValue(), word(value), name);
            }
            case INTEGERS ->
                assertEquals(
                        ((List<?>) parameter.defaultValue())
                                .stream().map(Object::toString).collect(Collectors.joining(",")),
                        value,
                        name);
            case IMAGE -> {
                assertEquals("", value, name);
                assertEquals(List.of("none"), parameter.choices(), name);
            }
            default -> assertEquals(parameter.defaultValue(), value, name);
        }
        String begin = parameter.description().replaceAll("[:;,.(].*", "");
        assertTrue(description.startsWith(begin), () -> name + ": " + description + " begins not with " + begin);
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }
}
