package org.scaledimaging.knime.setting;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

/** How the dialog follows the choice of a plugin. */
public final class PluginChoice {
    public static final String GAUSSIAN = "gaussian";
    public static final String N4 = "n4";

    /** The plugins that have widgets of their own here, by id. */
    static final Map<String, Class<? extends PluginParameters>> WIDGETS =
            Map.of(GAUSSIAN, GaussianParameters.class, N4, N4Parameters.class);

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

    /** Everything installed, by name. */
    public static final class Installed implements StringChoicesProvider {
        @Override
        public List<StringChoice> computeState(NodeParametersInput context) {
            return offered(ScaledProcessingPlugin.class);
        }
    }

    /** What is installed of a kind. */
    public static List<StringChoice> offered(Class<? extends Plugin> kind) {
        return PluginRegistry.installed().descriptions(kind).stream()
                .map(plugin -> new StringChoice(plugin.id(), plugin.name()))
                .toList();
    }

    public static final class IsGaussian implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            return initializer.getString(Chosen.class).isEqualTo(GAUSSIAN);
        }
    }

    public static final class IsN4 implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            return initializer.getString(Chosen.class).isEqualTo(N4);
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

    /** What a plugin does, if it is installed. */
    public static Optional<TextMessage.Message> message(Class<? extends Plugin> kind, String id) {
        return installed(kind, id)
                .map(plugin ->
                        new TextMessage.Message(plugin.name(), plugin.description(), TextMessage.MessageType.INFO));
    }

    /** The declared parameters and their defaults, when a plugin without widgets of its own is chosen. */
    public static final class DeclaredParameters implements StateProvider<String> {
        private Supplier<String> chosen;

        @Override
        public void init(StateProviderInitializer initializer) {
            chosen = initializer.computeFromValueSupplier(Chosen.class);
        }

        @Override
        public String computeState(NodeParametersInput input) {
            String id = chosen.get();
            return WIDGETS.containsKey(id) ? "" : lines(ScaledProcessingPlugin.class, id);
        }
    }

    /** A plugin's parameters with their defaults, as users write them; none where it is not installed. */
    public static String lines(Class<? extends Plugin> kind, String id) {
        return installed(kind, id).stream()
                .flatMap(plugin -> plugin.parameters().stream())
                .map(parameter -> parameter.name() + " = " + written(parameter))
                .collect(Collectors.joining("\n"));
    }

    private static String written(Parameter parameter) {
        return parameter.defaultValue() instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : parameter.defaultValue().toString();
    }

    private static Optional<PluginDescription> installed(Class<? extends Plugin> kind, String id) {
        return PluginRegistry.installed().descriptions(kind).stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst();
    }
}
