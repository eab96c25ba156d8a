package org.scaledimaging.knime.setting.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.objectweb.asm.Type;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.knime.setting.plugin.ClassFile.Note;
import org.scaledimaging.knime.setting.text.PlacePersistor;

/** Makes a dialog's class with a group of widgets for each of some plugins. */
final class DialogClasses {
    private static final String PACKAGE = "org/scaledimaging/knime/setting/plugin/made/";

    private final Class<?> section;
    private final Class<? extends EffectPredicateProvider> shown;
    private final Map<String, byte[]> classes = new LinkedHashMap<>();

    DialogClasses(Class<?> section, Class<? extends EffectPredicateProvider> shown) {
        this.section = section;
        this.shown = shown;
    }

    /** Finds the classes that were made, by name, and all else where the nodes' classes are. */
    private static final class Made extends ClassLoader {
        private final Map<String, byte[]> classes;

        Made(Map<String, byte[]> classes, ClassLoader parent) {
            super(parent);
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    <S> Class<? extends S> extend(Class<S> dialog, List<PluginDescription> plugins) {
        Set<String> taken =
                Arrays.stream(dialog.getFields()).map(field -> field.getName()).collect(Collectors.toSet());
        Set<String> keys = new HashSet<>(taken);
        Type name = made(PACKAGE + dialog.getSimpleName());
        ClassFile file = new ClassFile(name, dialog, List.of());
        for (PluginDescription plugin : plugins) {
            String key = key(plugin.id());
            while (!keys.add(key)) {
                key += "_";
            }
            Type group = made(PACKAGE + key + "/Parameters");
            put(group, group(plugin, group));
            Type former = made(PACKAGE + key + "/FormerLines");
            put(former, new ClassFile(former, FormerLines.class, List.of(plugin.id(), key, group.getClassName())));
            file.field(key, group, List.of(new Note(Migration.class, Map.of("value", former))));
        }
        put(name, file);
        try {
            return new Made(classes, dialog.getClassLoader())
                    .loadClass(name.getClassName())
                    .asSubclass(dialog);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("made above", e);
        }
    }

    private void put(Type name, ClassFile file) {
        classes.put(name.getClassName(), file.bytes());
    }

    private static Type made(String name) {
        return Type.getObjectType(name);
    }

    /** {@code guided-filter} is kept under {@code guidedFilter}. */
    private static String key(String id) {
        String[] words = id.split("[^A-Za-z0-9]+");
        StringBuilder key = new StringBuilder(words.length == 0 ? "plugin" : words[0]);
        for (int i = 1; i < words.length; i++) {
            key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return key.toString();
    }

    private ClassFile group(PluginDescription plugin, Type group) {
        ClassFile file = new ClassFile(group, DeclaredParameters.class, List.of(plugin.id()));
        Type chosen = made(group.getInternalName() + "IsChosen");
        put(chosen, new ClassFile(chosen, shown, List.of(plugin.id())));
        for (Parameter parameter : plugin.parameters()) {
            List<Note> notes = new ArrayList<>();
            Map<String, Object> words = new LinkedHashMap<>();
            words.put("title", Declared.title(parameter));
            words.put("description", Declared.help(parameter));
            notes.add(new Note(Widget.class, words));
            notes.add(new Note(Layout.class, Map.of("value", Type.getType(section))));
            notes.add(new Note(Effect.class, Map.of("predicate", chosen, "type", EffectType.SHOW)));
            notes.add(
                    Declared.widget(parameter) == Parameter.Type.IMAGE
                            ? place(parameter, group)
                            : before(plugin, parameter, group));
            kind(plugin, parameter, group, notes);
            file.field(parameter.name(), Declared.kept(parameter, parameter.defaultValue()), notes);
        }
        return file;
    }

    private Note before(PluginDescription plugin, Parameter parameter, Type group) {
        if (parameter.valueBefore() == null || parameter.valueBefore().equals(parameter.defaultValue())) {
            return new Note(Migrate.class, Map.of("loadDefaultIfAbsent", true));
        }
        Type before = beside(group, parameter, "Before");
        put(before, new ClassFile(before, ValueBefore.class, List.of(plugin.id(), parameter.name())));
        return new Note(Migration.class, Map.of("value", before));
    }

    /** Kept so that flow variables of the type Path can set it. */
    private Note place(Parameter parameter, Type group) {
        Object before = parameter.valueBefore() == null ? parameter.defaultValue() : parameter.valueBefore();
        Type persistor = beside(group, parameter, "Place");
        List<?> constants = List.of(parameter.name(), Declared.kept(parameter, before));
        put(persistor, new ClassFile(persistor, PlacePersistor.class, constants));
        return new Note(Persistor.class, Map.of("value", persistor));
    }

    private void kind(PluginDescription plugin, Parameter parameter, Type group, List<Note> notes) {
        Parameter.Type type = Declared.widget(parameter);
        if (type == Parameter.Type.CHOICE) {
            Type choices = beside(group, parameter, "Choices");
            put(choices, new ClassFile(choices, DeclaredChoices.class, List.of(plugin.id(), parameter.name())));
            notes.add(new Note(ChoicesProvider.class, Map.of("value", choices)));
        } else if (type == Parameter.Type.NUMBER || type == Parameter.Type.INTEGER) {
            Map<String, Object> bounds = new LinkedHashMap<>();
            bound(parameter.minimum(), Least.class, "minValidation", beside(group, parameter, "Least"), bounds);
            bound(parameter.maximum(), Most.class, "maxValidation", beside(group, parameter, "Most"), bounds);
            notes.add(new Note(NumberInputWidget.class, bounds));
        }
    }

    private void bound(double bound, Class<?> validation, String member, Type name, Map<String, Object> bounds) {
        if (Math.abs(bound) < Long.MAX_VALUE) { // else there is none
            put(name, new ClassFile(name, validation, List.of(bound)));
            bounds.put(member, name);
        }
    }

    private static Type beside(Type group, Parameter parameter, String what) {
        return made(group.getInternalName() + "_" + parameter.name() + "_" + what);
    }
}
