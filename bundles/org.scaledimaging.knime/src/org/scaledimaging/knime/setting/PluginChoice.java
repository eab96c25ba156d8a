package org.scaledimaging.knime.setting;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.knime.node.parameters.widget.message.TextMessage;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.knime.setting.plugin.PluginParameters;

/** Makes the dialog follow the choice of a plugin. */
public final class PluginChoice {
    public static final String GAUSSIAN = "gaussian";
    public static final String N4 = "n4";

    /** The plugins that have widgets of their own here, by id. */
    static final Map<String, Class<? extends PluginParameters>> WIDGETS =
            Map.of(GAUSSIAN, GaussianParameters.class, N4, N4Parameters.class);

    /** Those that come first, in order of use; all others follow by name. */
    private static final List<String> MOST_USED =
            List.of(N4, GAUSSIAN, "background", "normalize", "guided-filter", "segmentation-cleaner");

    /** A plugin's parameter that takes an image as mask. */
    static final String MASK = "mask";

    private PluginChoice() {}

    /** Whether a plugin takes a mask itself, as a parameter; what the engine does with one holds for all others. */
    static boolean takesMask(String plugin) {
        return installed(ScaledProcessingPlugin.class, plugin).stream()
                .flatMap(description -> description.parameters().stream())
                .anyMatch(parameter -> parameter.name().equals(MASK) && parameter.type() == Parameter.Type.IMAGE);
    }

    /** The chosen plugin's id. */
    public static final class Chosen implements ParameterReference<String> {}

    /** Everything installed, the most used first. */
    public static final class Installed implements StringChoicesProvider {
        @Override
        public List<StringChoice> computeState(NodeParametersInput context) {
            return offered(ScaledProcessingPlugin.class);
        }
    }

    /** What is installed of a kind, the most used first. */
    public static List<StringChoice> offered(Class<? extends Plugin> kind) {
        return PluginRegistry.installed().descriptions(kind).stream()
                .sorted(Comparator.comparingInt(PluginChoice::place).thenComparing(PluginDescription::name))
                .map(plugin -> new StringChoice(plugin.id(), plugin.name()))
                .toList();
    }

    private static int place(PluginDescription plugin) {
        int place = MOST_USED.indexOf(plugin.id());
        return place < 0 ? MOST_USED.size() : place;
    }

    public static final class IsGaussian extends IsDeclared {
        public IsGaussian() {
            super(GAUSSIAN);
        }
    }

    public static final class IsN4 extends IsDeclared {
        public IsN4() {
            super(N4);
        }
    }

    /** Whether a plugin is chosen, the one that the constructor gets. */
    public abstract static class IsDeclared implements EffectPredicateProvider {
        private final String plugin;

        protected IsDeclared(String plugin) {
            this.plugin = plugin;
        }

        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            return initializer.getString(Chosen.class).isEqualTo(plugin);
        }
    }

    /** Whether the plugin has no widgets of its own here. */
    public static final class IsOther implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            EffectPredicate gaussian = initializer.getString(Chosen.class).isEqualTo(GAUSSIAN);
            return gaussian.or(initializer.getString(Chosen.class).isEqualTo(N4))
                    .negate();
        }
    }

    /** What the chosen plugin does, in a box below the choice. */
    public static final class Description implements StateProvider<Optional<TextMessage.Message>> {
        private Supplier<String> chosen;

        @Override
        public void init(StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            chosen = initializer.computeFromValueSupplier(Chosen.class);
        }

        @Override
        public Optional<TextMessage.Message> computeState(NodeParametersInput input) {
            return message(ScaledProcessingPlugin.class, chosen.get());
        }
    }

    /** What a plugin does, or that it is not installed. */
    public static Optional<TextMessage.Message> message(Class<? extends Plugin> kind, String id) {
        if (id == null || id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(installed(kind, id)
                .map(plugin ->
                        new TextMessage.Message(plugin.name(), plugin.description(), TextMessage.MessageType.INFO))
                .orElseGet(() -> new TextMessage.Message(
                        "The plugin " + id + " is not installed here",
                        "Its settings stay with the node as they are while this dialog is left by Cancel.",
                        TextMessage.MessageType.INFO)));
    }

    private static Optional<PluginDescription> installed(Class<? extends Plugin> kind, String id) {
        return PluginRegistry.installed().descriptions(kind).stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst();
    }
}
