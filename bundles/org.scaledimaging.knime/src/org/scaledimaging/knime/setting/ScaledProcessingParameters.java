package org.scaledimaging.knime.setting;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSystemOption;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.LocalFileWriterWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.WithFileSystem;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.text.TextAreaWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Which plugin is run, and how. Field names are the settings' keys: they stay. */
public final class ScaledProcessingParameters implements NodeParameters {

    /** When voxels are computed. */
    public enum Result {
        @Label("Lazy")
        LAZY,
        @Label("Materialised")
        MATERIALISED
    }

    /** Which volumes share an estimate. */
    public enum Share {
        @Label("Automatic")
        AUTO,
        @Label("Time points")
        TIME,
        @Label("Channels")
        CHANNEL,
        @Label("All volumes")
        ALL
    }

    /** What nodes did that were saved before there was a size. */
    public static final class ByFactor implements DefaultProvider<String> {
        @Override
        public String getDefault() {
            return "";
        }
    }

    /** What they did before estimates could be made from anything else. */
    public static final class FromEach implements DefaultProvider<String> {
        @Override
        public String getDefault() {
            return "each";
        }
    }

    /** What they did before anything was shared. */
    public static final class SharedAutomatically implements DefaultProvider<Share> {
        @Override
        public Share getDefault() {
            return Share.AUTO;
        }
    }

    @Section(title = "Plugin")
    public interface PluginSection {}

    @Section(title = "Gaussian bias field correction")
    @After(PluginSection.class)
    @Effect(predicate = PluginChoice.IsGaussian.class, type = EffectType.SHOW)
    public interface GaussianSection {}

    @Section(title = "N4 bias field correction")
    @After(GaussianSection.class)
    @Effect(predicate = PluginChoice.IsN4.class, type = EffectType.SHOW)
    public interface N4Section {}

    @Section(title = "Parameters")
    @After(N4Section.class)
    @Effect(predicate = PluginChoice.IsOther.class, type = EffectType.SHOW)
    public interface OtherSection {}

    @Section(title = "Low-resolution step")
    @After(OtherSection.class)
    public interface LowResolutionSection {}

    @Section(title = "Result")
    @After(LowResolutionSection.class)
    public interface ResultSection {}

    static final String SIZE_TITLE = "Size of low-resolution voxels";

    /** Whether there is a temporary OME-Zarr. */
    public static final class UsesTemporary implements BooleanReference {}

    @Widget(title = "Plugin", description = "The algorithm: any that is installed, by its id.")
    @ChoicesProvider(PluginChoice.Installed.class)
    @ValueReference(PluginChoice.Chosen.class)
    @Layout(PluginSection.class)
    public String plugin = PluginChoice.GAUSSIAN;

    @TextMessage(PluginChoice.Description.class)
    @Layout(PluginSection.class)
    public Void pluginDescription;

    public GaussianParameters gaussian = new GaussianParameters();

    public N4Parameters n4 = new N4Parameters();

    @Widget(
            title = "Parameters",
            description =
                    "The parameters of a plugin that has no widgets here: a line name = value for each. The list starts"
                            + " with all that the plugin declares and their defaults; a line that is left out means the default.")
    @TextAreaWidget(rows = 8)
    @ValueProvider(PluginChoice.DeclaredParameters.class)
    @Layout(OtherSection.class)
    public String parameters = "";

    @Widget(
            title = "Downsample factor",
            description =
                    "How many voxels make one of the low-resolution image: one number for all spatial axes, or one for"
                            + " each in the order z,y,x, as in 1,8,8 or 1x8x8.")
    @Layout(LowResolutionSection.class)
    public String downsampleFactor = "4";

    @Widget(
            title = SIZE_TITLE,
            description =
                    "How large the voxels of the low-resolution image become, instead of a factor: a size with its"
                            + " unit, as in 4mm, or one for each axis in the order z,y,x; each axis has the whole factor nearest to"
                            + " it. Empty for the factor.")
    @TextInputWidget(placeholder = "by the factor")
    @Advanced
    @Migration(ByFactor.class)
    @Layout(LowResolutionSection.class)
    public String downsampleTo = "";

    @Widget(
            title = EstimateText.TITLE,
            description =
                    "What the estimate is made from: each volume itself (each), the mean, median or max of those that"
                            + " share it, time points (time=0 or time=0,6,12), a channel (channel=0), the time points whose b-value"
                            + " in a bval file is below 50 (time=b0:FILE), or another image of the same field of view, at any"
                            + " resolution, by its path. Paths are absolute, or addresses such as"
                            + " knime://knime.workflow/data/dwi.bval.")
    @Advanced
    @Migration(FromEach.class)
    @Layout(LowResolutionSection.class)
    public String estimateFrom = "each";

    @Widget(
            title = "Share",
            description =
                    "Which volumes share an estimate that is not made from each: all time points, all channels or all"
                            + " volumes. Automatic: time points where there are several, else channels, and with another image"
                            + " what that has not.")
    @Advanced
    @Migration(SharedAutomatically.class)
    @Layout(LowResolutionSection.class)
    public Share share = Share.AUTO;

    @Widget(
            title = "Chunk size",
            description =
                    "Voxels per chunk of the low-resolution image and the temporary OME-Zarr: one number for all spatial"
                            + " axes, or one for each in the order z,y,x; empty for the image's own chunks. Without effect on the result.")
    @TextInputWidget(placeholder = "the image's own")
    @Advanced
    @Layout(LowResolutionSection.class)
    public String chunkSize = "";

    @Widget(
            title = "Temporary OME-Zarr",
            description =
                    "Write the field at full resolution to a temporary OME-Zarr first and read it back, instead of"
                            + " interpolating it where it is needed. Without effect on the result. A lazy result interpolates: then"
                            + " the OME-Zarr is written to be looked at only, if it is kept.")
    @ValueReference(UsesTemporary.class)
    @Advanced
    @Layout(LowResolutionSection.class)
    public boolean useTemporary;

    @Widget(
            title = "Folder of the temporary OME-Zarr",
            description =
                    "The folder to write it as, which must not exist: an absolute path or an address; empty for a new"
                            + " one in the system's temporary folder.")
    @LocalFileWriterWidget(placeholder = "in the system's temporary folder")
    @FileSelectionWidget(value = SingleFileSelectionMode.FOLDER, placeholder = "in the system's temporary folder")
    @WithFileSystem(FileSystemOption.LOCAL)
    @Effect(predicate = UsesTemporary.class, type = EffectType.SHOW)
    @Advanced
    @Layout(LowResolutionSection.class)
    public String temporaryFolder = "";

    @Widget(
            title = "Keep the temporary OME-Zarr",
            description = "Whether it stays when the node is done; where it is is said in a warning.")
    @Effect(predicate = UsesTemporary.class, type = EffectType.SHOW)
    @Advanced
    @Layout(LowResolutionSection.class)
    public boolean keepTemporary;

    @Widget(
            title = "Result",
            description =
                    "Lazy: voxels are computed by whichever node needs them, block by block; this node estimates the field"
                            + " alone. Materialised: this node computes all voxels and keeps them in the workflow.")
    @ValueSwitchWidget
    @Layout(ResultSection.class)
    public Result result = Result.LAZY;

    @Widget(
            title = "Pixel type",
            description = "Type of the result's voxels; rounded to the nearest and clamped where need be.")
    @ChoicesProvider(OutputType.ComputedChoices.class)
    @Layout(ResultSection.class)
    public String pixelType = OutputType.UNCHANGED;

    /** The values of the plugin's parameters, as the widgets say. */
    private Map<String, Object> values() throws ParameterException {
        return switch (plugin) {
            case PluginChoice.GAUSSIAN -> gaussian.values();
            case PluginChoice.N4 -> n4.valuesHere();
            default -> ParameterLines.parse(parameters);
        };
    }

    /**
     * @param mask recipe of an image to use as mask, for a plugin that takes one
     * @throws ParameterException when the plugin is not installed or a value is not accepted
     */
    public ScaledProcessingPlugin create(Optional<String> mask) throws ParameterException {
        PluginRegistry registry = PluginRegistry.installed();
        Map<String, Object> values = new HashMap<>(values());
        if (mask.isPresent() && MaskPort.isTakenBy(registry.description(plugin))) {
            values.put(MaskPort.PARAMETER, mask.get());
        }
        return registry.create(plugin, values);
    }

    /**
     * How the low-resolution step is carried out, without a temporary OME-Zarr.
     *
     * @param mask recipe of an image to use as mask, for a plugin that takes none itself
     */
    public ScaledProcessingOptions options(Optional<String> mask) throws ParameterException {
        ScaledProcessingOptions options = optionsButPlaces().withEstimateFrom(EstimateText.here(estimateFrom));
        boolean own =
                mask.isEmpty() || MaskPort.isTakenBy(PluginRegistry.installed().description(plugin));
        return own ? options : options.withMask(mask.get());
    }

    private ScaledProcessingOptions optionsButPlaces() throws ParameterException {
        EstimateText.check(estimateFrom);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults()
                .withDownsampleFactor(Numbers.required("Downsample factor", downsampleFactor))
                .withShare(share.name().toLowerCase(Locale.ROOT))
                .withChunkSize(Numbers.optional("Chunk size", chunkSize));
        return downsampleTo.isBlank() ? options : options.withDownsampleTo(downsampleTo.strip());
    }

    /**
     * KNIME asks when a workflow is opened, too, and drops settings that are refused. So only what is wrong everywhere is
     * refused here: not a plugin that is not installed, another version of one, or a place that is not on this computer.
     */
    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(() -> {
            optionsButPlaces();
            OutputType.of(pixelType, PixelType.FLOAT32, PixelType.FLOAT32);
            switch (plugin) {
                case PluginChoice.GAUSSIAN -> checkIfInstalled(gaussian.values());
                case PluginChoice.N4 -> checkIfInstalled(n4.values());
                default -> ParameterLines.parse(parameters);
            }
        });
    }

    private void checkIfInstalled(Map<String, Object> values) throws ParameterException {
        PluginRegistry registry = PluginRegistry.installed();
        if (registry.has(ScaledProcessingPlugin.class, plugin)) {
            registry.create(plugin, values);
        }
    }
}
