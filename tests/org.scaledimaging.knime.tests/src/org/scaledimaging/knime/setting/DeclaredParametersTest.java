package org.scaledimaging.knime.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.knime.setting.plugin.PluginParameters;

/** Annotations must repeat what a plugin declares of its parameters: here they are compared. */
class DeclaredParametersTest {
    private static PluginDescription plugin(String id) throws Exception {
        return PluginRegistry.installed().description(id);
    }

    private static Field field(String plugin, Parameter parameter) throws Exception {
        return PluginChoice.WIDGETS.get(plugin).getField(parameter.name());
    }

    private static PluginParameters defaults(String plugin) throws Exception {
        return create(PluginChoice.WIDGETS.get(plugin));
    }

    private static <T> T create(Class<T> type) throws Exception {
        Constructor<T> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    @ParameterizedTest
    @ValueSource(strings = {PluginChoice.GAUSSIAN, PluginChoice.N4})
    void everyParameterHasAWidgetAndEveryWidgetAParameter(String id) throws Exception {
        assertEquals(
                new TreeSet<>(
                        plugin(id).parameters().stream().map(Parameter::name).toList()),
                new TreeSet<>(Arrays.stream(PluginChoice.WIDGETS.get(id).getFields())
                        .map(Field::getName)
                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {PluginChoice.GAUSSIAN, PluginChoice.N4})
    void defaultsAreTheDeclaredOnes(String id) throws Exception {
        PluginDescription plugin = plugin(id);
        assertEquals(
                ParameterValues.of(plugin, Map.of()),
                ParameterValues.of(plugin, defaults(id).values()));
        assertEquals(defaults(id).values(), defaults(id).valuesHere());
    }

    @ParameterizedTest
    @ValueSource(strings = {PluginChoice.GAUSSIAN, PluginChoice.N4})
    void typesAndChoicesAreTheDeclaredOnes(String id) throws Exception {
        for (Parameter parameter : plugin(id).parameters()) {
            Class<?> type = field(id, parameter).getType();
            if (type.isEnum()) {
                List<String> words = Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                        .toList();
                assertEquals(parameter.choices(), words, parameter.name());
            } else {
                Class<?> expected = switch (parameter.type()) {
                    case NUMBER -> double.class;
                    case INTEGER -> int.class;
                    case BOOLEAN -> boolean.class;
                    case INTEGERS, NUMBERS, TEXT, IMAGE -> String.class;
                    case CHOICE -> Enum.class;
                };
                assertEquals(expected, type, parameter.name());
            }
        }
    }

    /** Dialogs refuse at once what is below 0 or 1; the rest of a range is looked at with all values. */
    @ParameterizedTest
    @ValueSource(strings = {PluginChoice.GAUSSIAN, PluginChoice.N4})
    void theLeastThatADialogTakesIsAsNearAsItCanBe(String id) throws Exception {
        for (Parameter parameter : plugin(id).parameters()) {
            boolean whole = parameter.type() == Parameter.Type.INTEGER;
            if (whole || parameter.type() == Parameter.Type.NUMBER) {
                NumberInputWidget widget = field(id, parameter).getAnnotation(NumberInputWidget.class);
                assertNotNull(widget, parameter.name());
                assertTrue(parameter.minimum() >= 0, parameter.name());
                assertEquals(
                        whole && parameter.minimum() >= 1
                                ? IsPositiveIntegerValidation.class
                                : IsNonNegativeValidation.class,
                        widget.minValidation(),
                        parameter.name());
            }
        }
    }

    /** A dialog may add sentences of its own. It calls other parameters by their titles. */
    @ParameterizedTest
    @ValueSource(strings = {PluginChoice.GAUSSIAN, PluginChoice.N4})
    void descriptionsBeginWithTheDeclaredOnesAndNameTheUnit(String id) throws Exception {
        for (Parameter parameter : plugin(id).parameters()) {
            String declared = parameter.description();
            for (Parameter other : plugin(id).parameters()) {
                if (!other.name().equals(other.name().toLowerCase(Locale.ROOT))) {
                    String title =
                            field(id, other).getAnnotation(Widget.class).title().replaceFirst(" \\(.*", ""); // the unit
                    declared = declared.replace(other.name(), title);
                }
            }
            String shown = field(id, parameter).getAnnotation(Widget.class).description();
            String begin = declared;
            assertTrue(shown.startsWith(begin), () -> parameter.name() + ": " + shown + " begins not with " + begin);
            assertTrue(shown.contains(parameter.unit()), () -> parameter.name() + " without " + parameter.unit());
        }
    }

    /** A factor is a number of voxels, and needs no unit. */
    @ParameterizedTest
    @ValueSource(strings = {PluginChoice.GAUSSIAN, PluginChoice.N4})
    void theUnitOfANumberStandsBesideIt(String id) throws Exception {
        for (Parameter parameter : plugin(id).parameters()) {
            if (!parameter.unit().isEmpty() && !parameter.name().endsWith("Factor")) {
                String title = field(id, parameter).getAnnotation(Widget.class).title();
                assertTrue(title.endsWith(" (" + parameter.unit() + ")"), title);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PluginChoice.GAUSSIAN, PluginChoice.N4})
    void nodesFromBeforeAParameterMeanWhatRecipesFromBeforeItMean(String id) throws Exception {
        for (Parameter parameter : plugin(id).parameters()) {
            Migration migration = field(id, parameter).getAnnotation(Migration.class);
            Object before = parameter.valueBefore();
            if (!before.equals(parameter.defaultValue())) {
                assertNotNull(migration, parameter.name());
                Object given = ((DefaultProvider<?>) create(migration.value())).getDefault();
                assertEquals(before, given instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : given);
            }
        }
    }
}
