package org.scaledimaging.knime.setting;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.segmentation.OtsuOptions;
import org.scaledimaging.engine.segmentation.Segmentation;
import org.scaledimaging.knime.setting.choice.FirstValues;
import org.scaledimaging.knime.setting.choice.NumberPersistor;
import org.scaledimaging.knime.setting.plugin.Dialogs;
import org.scaledimaging.knime.setting.plugin.PluginParameters;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.Numbers;
import org.scaledimaging.knime.setting.text.ParameterLines;

/**
 * The settings of Segment Image. Field names are the settings' keys: they stay. Nodes use a class made of this one,
 * with widgets for all plugins that are installed.
 */
public class SegmentImageParameters implements OperationParameters {

    private static final long MOST_VOXELS = 1L << 26;

    /** When a copy is kept for the view. */
    public enum Copy {
        @Label("Automatic")
        AUTO,
        @Label("Always")
        ALWAYS,
        @Label("Never")
        NEVER
    }

    /** Where thresholds come from. */
    public enum Method {
        @Label("Otsu")
        OTSU,
        @Label("Local Otsu")
        LOCAL_OTSU,
        @Label("Fixed thresholds")
        THRESHOLDS,
        @Label("Plugin")
        PLUGIN
    }

    @Section(title = "Parameters of the plugin")
    @Effect(predicate = IsPlugin.class, type = EffectType.SHOW)
    public interface PluginSection {}

    /** The dialog with the widgets of what is installed. */
    public static final Dialogs<SegmentImageParameters> DIALOGS = new Dialogs<>(
            SegmentImageParameters.class,
            SegmentationPlugin.class,
            Set.of(),
            PluginSection.class,
            SegmentationChoice.IsDeclared.class);

    /** The chosen method. */
    public static final class Chosen implements ParameterReference<Method> {}

    public static final class IsOtsu implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            return initializer.getEnum(Chosen.class).isOneOf(Method.OTSU, Method.LOCAL_OTSU);
        }
    }

    public static final class IsLocal implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            return initializer.getEnum(Chosen.class).isOneOf(Method.LOCAL_OTSU);
        }
    }

    public static final class IsFixed implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            return initializer.getEnum(Chosen.class).isOneOf(Method.THRESHOLDS);
        }
    }

    public static final class IsPlugin implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer initializer) {
            return initializer.getEnum(Chosen.class).isOneOf(Method.PLUGIN);
        }
    }

    @Widget(
            title = "Method",
            description =
                    "Otsu: thresholds that separate the classes best, for each channel, over the whole image. Local"
                            + " Otsu: thresholds of their own for each block of voxels. Fixed thresholds: those given."
                            + " Plugin: an algorithm that is installed beside these.")
    @ValueSwitchWidget
    @ValueReference(Chosen.class)
    public Method method = Method.OTSU;

    @Widget(title = "Classes", description = "How many labels there are to be.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsOtsu.class, type = EffectType.SHOW)
    public int classes = 2;

    @Widget(
            title = "Histogram bins",
            description = "Bins of the histogram that thresholds are found in; off for automatic: one for each value of"
                    + " integer types, else 256.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstValues.Bins.class)
    @Persistor(NumberPersistor.OfBins.class)
    @Effect(predicate = IsOtsu.class, type = EffectType.SHOW)
    @Advanced
    public Optional<Integer> bins = Optional.empty();

    @Widget(
            title = "Block size (voxels)",
            description =
                    "Size of the blocks that get thresholds of their own, in voxels: one number for all spatial axes,"
                            + " or one for each in the order z,y,x, as in 32,64,64 or 32x64x64.")
    @Effect(predicate = IsLocal.class, type = EffectType.SHOW)
    public String localBlock = "64";

    @Widget(
            title = "Thresholds",
            description = "Ascending numbers with commas between. A voxel's label is how many of them are below it.")
    @Effect(predicate = IsFixed.class, type = EffectType.SHOW)
    public String thresholds = "";

    @Widget(title = "Inclusive", description = "Whether voxels that are equal to a threshold count as above it.")
    @Effect(predicate = IsFixed.class, type = EffectType.SHOW)
    public boolean inclusive;

    @Widget(title = "Plugin", description = "The algorithm: any for segmentation that is installed, by its id.")
    @ChoicesProvider(SegmentationChoice.Installed.class)
    @ValueReference(SegmentationChoice.Chosen.class)
    @Effect(predicate = IsPlugin.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
    public String plugin = "";

    @TextMessage(SegmentationChoice.Description.class)
    public Void pluginDescription;

    /** What earlier builds kept of a plugin: a line {@code name = value} for each parameter. */
    @Migrate(loadDefaultIfAbsent = true)
    public String parameters = "";

    @Widget(
            title = "Copy for the view",
            description =
                    "Whether the node keeps a small copy of image and labels, which its view shows. Thresholds have to"
                            + " be found for it when the node is executed, which takes a pass over the image. Automatic:"
                            + " for images of up to 64 million voxels.")
    @ValueSwitchWidget
    @Advanced
    @Migrate(loadDefaultIfAbsent = true)
    public Copy copy = Copy.AUTO;

    /** Whether a copy for the view is kept of an image. */
    public boolean keepsCopyOf(ImageMetadata image) {
        return copy == Copy.ALWAYS || copy == Copy.AUTO && image.voxels() <= MOST_VOXELS;
    }

    @Override
    public Image apply(Image image) throws ParameterException, IOException {
        return switch (method) {
            case OTSU, LOCAL_OTSU -> image.segmentOtsu(otsu());
            case THRESHOLDS -> image.segmentThreshold(values(), inclusive);
            case PLUGIN -> image.segment(plugin, pluginValues());
        };
    }

    private Map<String, Object> pluginValues() throws ParameterException {
        Optional<PluginParameters> widgets = Dialogs.widgets(this, plugin);
        return widgets.isPresent() ? widgets.get().valuesHere() : ParameterLines.parse(parameters);
    }

    /** Installed or not: settings stay. */
    private void checkPlugin() throws ParameterException {
        Optional<PluginParameters> widgets = Dialogs.widgets(this, plugin);
        PluginRegistry registry = PluginRegistry.installed();
        if (widgets.isPresent() && registry.has(SegmentationPlugin.class, plugin)) {
            registry.create(SegmentationPlugin.class, plugin, widgets.get().values());
        } else {
            ParameterLines.parse(parameters);
        }
    }

    private OtsuOptions otsu() throws ParameterException {
        OtsuOptions options = OtsuOptions.defaults().withClasses(classes).withBins(bins.orElse(0));
        return method == Method.LOCAL_OTSU
                ? options.withLocalBlock(Numbers.required("Block size (voxels)", localBlock))
                : options;
    }

    private List<Double> values() throws ParameterException {
        try {
            return NumberList.parse(thresholds, Double::valueOf);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    "Thresholds",
                    thresholds.isEmpty() ? "nothing" : Location.quoted(thresholds),
                    "numbers with commas between");
        }
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(() -> {
            switch (method) {
                case OTSU, LOCAL_OTSU -> Segmentation.check(otsu());
                case THRESHOLDS -> Segmentation.check(values());
                case PLUGIN -> checkPlugin();
            }
        });
    }
}
