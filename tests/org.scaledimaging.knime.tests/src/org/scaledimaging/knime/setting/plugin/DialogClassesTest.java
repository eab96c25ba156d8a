package org.scaledimaging.knime.setting.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.knime.setting.PluginChoice;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;

/** Widgets made from declarations, of each type that there is. */
class DialogClassesTest {
    /** A dialog that has a setting called mask itself. */
    public static class Small implements NodeParameters {
        public String mask = "mine";
    }

    @Section(title = "Parameters")
    interface Here {}

    private static final PluginDescription EACH_TYPE = new PluginDescription(
            "each-type.2",
            "Each type",
            "Has one of each.",
            List.of(
                    Parameter.number("someNumber", 0.5, -1, 2, "mm", "A number."),
                    Parameter.number("anyNumber", -0.0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "", "Any."),
                    Parameter.integer("count", 5_000_000_000L, 0, Long.MAX_VALUE, "", "Whole."),
                    Parameter.integers("spans", List.of(1L, 2L), 1, 9, "", "Some."),
                    Parameter.numbers("limits", List.of(0.5, 2.0), 0, 9, "", "Some."),
                    Parameter.bool("flag", true, "A flag.").addedLater(false),
                    Parameter.choice("how", "b", List.of("a", "b"), "A word."),
                    Parameter.text("words", "ä \u0000 \"x\"", "Any text."),
                    Parameter.number("needed", 1, 0, 9, "", "Has to be given.").required(),
                    Parameter.image("guide", "none", List.of("none"), "An image.")));

    private static final PluginDescription NAMED_AS_A_SETTING =
            new PluginDescription("mask", "Mask", "Is called as a setting.", List.of());

    private static final Class<? extends Small> MADE = new DialogClasses(Here.class, PluginChoice.IsDeclared.class)
            .extend(Small.class, List.of(EACH_TYPE, NAMED_AS_A_SETTING));

    private static Field field(String name) throws Exception {
        return MADE.getField("eachType2").getType().getField(name);
    }

    private static Object initial(String name) throws Exception {
        Object dialog = MADE.getConstructor().newInstance();
        return field(name).get(MADE.getField("eachType2").get(dialog));
    }

    @Test
    void fieldsBeginWithTheDefaults() throws Exception {
        assertEquals(0.5, initial("someNumber"));
        assertEquals(-0.0, initial("anyNumber"));
        assertEquals(5_000_000_000L, initial("count"));
        assertEquals("1,2", initial("spans"));
        assertEquals("0.5,2.0", initial("limits"));
        assertEquals(true, initial("flag"));
        assertEquals("b", initial("how"));
        assertEquals("ä \u0000 \"x\"", initial("words"));
        assertEquals("", initial("needed"));
        assertEquals("none", initial("guide"));
    }

    @Test
    void settingsOfTheDialogStayWhatTheyAre() throws Exception {
        assertEquals("mine", MADE.getConstructor().newInstance().mask);
        assertTrue(
                PluginParameters.class.isAssignableFrom(MADE.getField("mask_").getType()));
    }

    @Test
    void widgetsSayWhatIsDeclared() throws Exception {
        for (Parameter parameter : EACH_TYPE.parameters()) {
            Field field = field(parameter.name());
            Widget widget = field.getAnnotation(Widget.class);
            assertTrue(widget.description().startsWith(parameter.description()), widget.description());
            assertEquals(Here.class, field.getAnnotation(Layout.class).value());
            assertEquals(
                    Effect.EffectType.SHOW, field.getAnnotation(Effect.class).type());
            Class<?> shown = field.getAnnotation(Effect.class).predicate();
            assertNotNull(shown.getConstructor().newInstance());
        }
        assertEquals(
                "Some number (mm)",
                field("someNumber").getAnnotation(Widget.class).title());
        assertTrue(field("spans").getAnnotation(Widget.class).description().contains("each from 1 to 9"));
        assertNotNull(field("how").getAnnotation(ChoicesProvider.class));
        assertNull(field("words").getAnnotation(ChoicesProvider.class));
    }

    @Test
    void numbersHaveTheirBounds() throws Exception {
        NumberInputWidget both = field("someNumber").getAnnotation(NumberInputWidget.class);
        assertEquals(-1, ((Least) both.minValidation().getConstructor().newInstance()).getMin());
        assertEquals(2, ((Most) both.maxValidation().getConstructor().newInstance()).getMax());
        NumberInputWidget none = field("anyNumber").getAnnotation(NumberInputWidget.class);
        assertEquals(NumberInputWidget.class.getMethod("minValidation").getDefaultValue(), none.minValidation());
        NumberInputWidget least = field("count").getAnnotation(NumberInputWidget.class);
        assertEquals(0, ((Least) least.minValidation().getConstructor().newInstance()).getMin());
        assertEquals(NumberInputWidget.class.getMethod("maxValidation").getDefaultValue(), least.maxValidation());
    }

    @Test
    void aParameterThatCameLaterMeansInOldNodesWhatItMeantBefore() throws Exception {
        assertEquals(
                ValueBefore.class,
                field("flag").getAnnotation(Migration.class).value().getSuperclass());
        assertTrue(field("how").getAnnotation(Migrate.class).loadDefaultIfAbsent());
    }

    @Test
    void anImageIsSetByFlowVariablesOfTheTypePath() throws Exception {
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(MADE, MADE.getConstructor().newInstance(), settings);
        NodeSettingsWO group = (NodeSettingsWO) settings.getNodeSettings("eachType2");
        NodeSettingsWO location = group.addNodeSettings("guideVariable");
        location.addBoolean("location_present", true);
        location.addString("file_system_type", "LOCAL");
        location.addString("path", "/data/guide.nii");
        assertEquals("/data/guide.nii", guide(settings));
        NodeSettings before = new NodeSettings("model");
        before.addString("mask", "mine");
        NodeSettingsWO old = before.addNodeSettings("eachType2");
        NodeParametersUtil.saveSettings(MADE, MADE.getConstructor().newInstance(), settings);
        for (String key : settings.getNodeSettings("eachType2").keySet()) {
            copy(settings.getNodeSettings("eachType2"), key, old);
        }
        before.addNodeSettings("mask_");
        assertEquals("none", guide(before), "saved before there was the parameter");
    }

    private static Object guide(NodeSettings settings) throws Exception {
        Small dialog = NodeParametersUtil.loadSettings(settings, MADE);
        return field("guide").get(MADE.getField("eachType2").get(dialog));
    }

    private static void copy(NodeSettingsRO from, String key, NodeSettingsWO to) throws Exception {
        switch (key) {
            case "someNumber", "anyNumber" -> to.addDouble(key, from.getDouble(key));
            case "count" -> to.addLong(key, from.getLong(key));
            case "flag" -> to.addBoolean(key, from.getBoolean(key));
            case "guide", "guideVariable" -> {}
            default -> to.addString(key, from.getString(key));
        }
    }

    @Test
    void theClassIsTheSameAsLongAsTheSameIsInstalled() {
        Dialogs<ScaledProcessingParameters> dialogs = new Dialogs<>(
                ScaledProcessingParameters.class,
                ScaledProcessingPlugin.class,
                Set.of(),
                Here.class,
                PluginChoice.IsDeclared.class);
        assertSame(dialogs.now(), dialogs.now());
    }
}
