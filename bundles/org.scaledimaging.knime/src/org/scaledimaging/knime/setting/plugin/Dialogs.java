package org.scaledimaging.knime.setting.plugin;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;

/**
 * Classes of a dialog with widgets for every plugin that is installed. As long as the same are installed, it is the same
 * class.
 *
 * @param <S> the dialog without them
 */
public final class Dialogs<S extends NodeParameters> {
    private final Class<S> dialog;
    private final Class<? extends Plugin> kind;
    private final Set<String> apart;
    private final Class<?> section;
    private final Class<? extends EffectPredicateProvider> shown;
    private final Map<List<PluginDescription>, Class<? extends S>> made = new ConcurrentHashMap<>();

    /**
     * @param apart plugins whose widgets the dialog has itself
     * @param section where the widgets are
     * @param shown says when the widgets of a plugin are shown, whose id its constructor takes
     */
    public Dialogs(
            Class<S> dialog,
            Class<? extends Plugin> kind,
            Set<String> apart,
            Class<?> section,
            Class<? extends EffectPredicateProvider> shown) {
        this.dialog = dialog;
        this.kind = kind;
        this.apart = Set.copyOf(apart);
        this.section = section;
        this.shown = shown;
    }

    /** The dialog with widgets for all that is installed now. */
    public Class<? extends S> now() {
        List<PluginDescription> plugins = PluginRegistry.installed().descriptions(kind).stream()
                .filter(plugin -> !apart.contains(plugin.id()))
                .toList();
        return made.computeIfAbsent(plugins, key -> new DialogClasses(section, shown).extend(dialog, key));
    }

    /** The dialog as a new node has it. */
    public S create() {
        try {
            return now().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class made here", e);
        }
    }

    /** A plugin's widgets in a dialog; none where it was not installed when the dialog's class was made. */
    public static Optional<PluginParameters> widgets(NodeParameters dialog, String plugin) {
        for (Field field : dialog.getClass().getDeclaredFields()) {
            if (DeclaredParameters.class.isAssignableFrom(field.getType())) {
                DeclaredParameters widgets = (DeclaredParameters) PluginParameters.value(field, dialog);
                if (widgets.plugin().equals(plugin)) {
                    return Optional.of(widgets);
                }
            }
        }
        return Optional.empty();
    }
}
