package org.scaledimaging.knime.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.Widget;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.knime.nodes.NodeSetTest;

/** Messages speak of settings by the titles that dialogs show. */
class TitlesTest {
    private static final Set<Setting> WITHOUT_DIALOG = Set.of(
            Setting.SHAPE,
            Setting.CROP_FROM,
            Setting.CROP_TO,
            Setting.EXECUTOR,
            Setting.MASTER,
            Setting.MEMORY,
            Setting.FIELD);

    private static Set<String> titles() throws Exception {
        Set<String> titles = new TreeSet<>();
        for (DefaultNodeFactory node : NodeSetTest.factories()) {
            for (Field field : NodeSetTest.fields(NodeSetTest.parameters(node))) {
                Optional.ofNullable(field.getAnnotation(Widget.class)).ifPresent(widget -> titles.add(widget.title()));
            }
        }
        return titles;
    }

    @ParameterizedTest
    @EnumSource
    void everySettingThatADialogHasIsCalledByItsTitle(Setting setting) throws Exception {
        String name = new Titles(Optional.empty()).of(setting);
        if (!WITHOUT_DIALOG.contains(setting) && !name.startsWith("the node ")) {
            assertTrue(titles().contains(name.replaceFirst(": Overwrite$", "")), name);
        }
    }

    @Test
    void everyParameterWithAWidgetIsCalledByItsTitle() throws Exception {
        for (String plugin : List.of(PluginChoice.GAUSSIAN, PluginChoice.N4)) {
            Class<?> dialog = plugin.equals(PluginChoice.N4) ? N4Parameters.class : GaussianParameters.class;
            Set<String> declared = new TreeSet<>();
            PluginRegistry.installed().description(plugin).parameters().forEach(p -> declared.add(p.name()));
            for (Field field : dialog.getFields()) {
                Widget widget = field.getAnnotation(Widget.class);
                if (widget != null && declared.contains(field.getName())) {
                    assertEquals(widget.title(), new Titles(Optional.of(plugin)).ofParameter(field.getName()));
                }
            }
            assertTrue(Arrays.stream(dialog.getFields()).anyMatch(f -> declared.contains(f.getName())));
        }
    }

    @Test
    void sentencesNameThem() {
        assertEquals(
                "Spline spacing (mm or spans): found x, expected a number.",
                Sentences.of(
                        new ParameterException(Setting.parameter("splineSpacing"), "x", "a number").ofPlugin("n4")));
        assertEquals(
                "Radius (low-resolution voxels): found x, expected a number.",
                Sentences.of(
                        new ParameterException(Setting.parameter("radius"), "x", "a number").ofPlugin("background")));
        assertEquals(
                "/a.nii: found an existing file, expected a name that is free, or If it exists: Overwrite.",
                Sentences.of(new TargetException(
                        "/a.nii", "an existing file", "a name that is free, or " + Setting.OVERWRITE)));
        assertEquals(
                "Pyramid levels: found 0, expected 1\\u001b.",
                Sentences.of(new ParameterException(Setting.LEVELS, 0, "1\u001b")));
    }
}
