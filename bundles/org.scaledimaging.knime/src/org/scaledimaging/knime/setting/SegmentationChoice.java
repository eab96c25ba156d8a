package org.scaledimaging.knime.setting;

import java.util.List;
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
import org.scaledimaging.engine.plugin.SegmentationPlugin;

/** Makes the dialog follow the choice of a plugin for segmentation. */
public final class SegmentationChoice {
    private SegmentationChoice() {}

    /** The chosen plugin's id. */
    public static final class Chosen implements ParameterReference<String> {}

    /** Everything installed, by name. */
    public static final class Installed implements StringChoicesProvider {
        @Override
        public List<StringChoice> computeState(NodeParametersInput context) {
            return PluginChoice.offered(SegmentationPlugin.class);
        }
    }

    /** What the chosen plugin does, where a plugin is the method. */
    public static final class Description implements StateProvider<Optional<TextMessage.Message>> {
        private Supplier<SegmentImageParameters.Method> method;
        private Supplier<String> chosen;

        @Override
        public void init(StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            method = initializer.computeFromValueSupplier(SegmentImageParameters.Chosen.class);
            chosen = initializer.computeFromValueSupplier(Chosen.class);
        }

        @Override
        public Optional<TextMessage.Message> computeState(NodeParametersInput input) {
            return method.get() == SegmentImageParameters.Method.PLUGIN
                    ? PluginChoice.message(SegmentationPlugin.class, chosen.get())
                    : Optional.empty();
        }
    }

    /** Whether a plugin is the method, and one that is made known to its constructor. */
    public abstract static class IsDeclared implements EffectPredicateProvider {
        private final String plugin;

        protected IsDeclared(String plugin) {
            this.plugin = plugin;
        }

        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            return initializer
                    .getEnum(SegmentImageParameters.Chosen.class)
                    .isOneOf(SegmentImageParameters.Method.PLUGIN)
                    .and(initializer.getString(Chosen.class).isEqualTo(plugin));
        }
    }
}
