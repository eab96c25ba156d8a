package org.scaledimaging.knime.setting;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelectionWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSystemOption;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.LocalFileWriterWidget;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.SingleFileSelectionMode;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.WithFileSystem;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.message.TextMessage;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.setting.plugin.Dialogs;
import org.scaledimaging.knime.setting.plugin.PluginParameters;
import org.scaledimaging.knime.setting.text.OutputType;
import org.scaledimaging.knime.setting.text.ParameterLines;
import org.scaledimaging.knime.setting.text.PlacePersistor;

/**
 * The settings of Scaled Processing. Field names are the settings' keys: they stay. Nodes use a class made of this one,
 * with widgets for all plugins that are installed.
 */
public class ScaledProcessingParameters extends EstimateParameters {

    /** When voxels are computed. */
    public enum Result {
        @Label("Compute when needed")
        LAZY,
        @Label("Compute now, keep in workflow")
        MATERIALISED
    }

    @Section(title = "Plugin")
    public interface PluginSection {}

    @Section(title = "N4 bias field correction")
    @After(PluginSection.class)
    @Effect(predicate = PluginChoice.IsN4.class, type = EffectType.SHOW)
    public interface N4Section {}

    @Section(title = "Gaussian bias field correction")
    @After(N4Section.class)
    @Effect(predicate = PluginChoice.IsGaussian.class, type = EffectType.SHOW)
    public interface GaussianSection {}

    @Section(title = "Parameters of the plugin")
    @After(GaussianSection.class)
    @Effect(predicate = PluginChoice.IsOther.class, type = EffectType.SHOW)
    public interface OtherSection {}

    @Section(title = "Low-resolution step")
    @After(OtherSection.class)
    public interface LowResolutionSection {}

    @Section(title = "Result")
    @After(LowResolutionSection.class)
    public interface ResultSection {}

    /** The dialog with the widgets of what is installed. */
    public static final Dialogs<ScaledProcessingParameters> DIALOGS = new Dialogs<>(
            ScaledProcessingParameters.class,
            ScaledProcessingPlugin.class,
            PluginChoice.WIDGETS.keySet(),
            OtherSection.class,
            PluginChoice.IsDeclared.class);

    /** Whether there is a temporary OME-Zarr. */
    public static final class UsesTemporary implements BooleanReference {}

    @Widget(title = "Plugin", description = "The algorithm: any that is installed, by its id.")
    @ChoicesProvider(PluginChoice.Installed.class)
    @ValueReference(PluginChoice.Chosen.class)
    @Layout(PluginSection.class)
    public String plugin = PluginChoice.N4;

    @TextMessage(PluginChoice.Description.class)
    @Layout(PluginSection.class)
    public Void pluginDescription;

    public GaussianParameters gaussian = new GaussianParameters();

    public N4Parameters n4 = new N4Parameters();

    /** What earlier builds kept of a plugin without widgets: a line {@code name = value} for each parameter. */
    @Migrate(loadDefaultIfAbsent = true)
    public String parameters = "";

    @Widget(
            title = "Temporary OME-Zarr",
            description =
                    "Whether the field at full resolution is written to a temporary OME-Zarr first and read back, instead"
                            + " of being interpolated where it is needed. Without effect on the result. A result that is computed when needed interpolates: then"
                            + " the OME-Zarr is written to be looked at only, if it is kept.")
    @ValueReference(UsesTemporary.class)
    @Advanced
    @Layout(LowResolutionSection.class)
    public boolean useTemporary;

    @Widget(
            title = "Folder of the temporary OME-Zarr",
            description =
                    "Where to write that OME-Zarr, a folder that must not exist: an absolute path or an address; empty for"
                            + " a new one in the system's temporary folder.")
    @LocalFileWriterWidget(placeholder = "in the system's temporary folder")
    @FileSelectionWidget(value = SingleFileSelectionMode.FOLDER, placeholder = "in the system's temporary folder")
    @WithFileSystem(FileSystemOption.LOCAL)
    @Effect(predicate = UsesTemporary.class, type = EffectType.SHOW)
    @Advanced
    @Layout(LowResolutionSection.class)
    @Persistor(PlacePersistor.OfTemporaryFolder.class)
    public String temporaryFolder = "";

    @Widget(
            title = "Keep the temporary OME-Zarr",
            description = "Whether that OME-Zarr is kept when the node is done; where it is is said in a warning.")
    @Effect(predicate = UsesTemporary.class, type = EffectType.SHOW)
    @Advanced
    @Layout(LowResolutionSection.class)
    public boolean keepTemporary;

    @Widget(
            title = "Result",
            description =
                    "Compute when needed: voxels are computed by whichever node needs them, block by block; this node"
                            + " estimates the field alone. Compute now, keep in workflow: this node computes all voxels and keeps"
                            + " them in the workflow.")
    @Layout(ResultSection.class)
    public Result result = Result.LAZY;

    @Widget(
            title = "Pixel type",
            description = "Type of the result's voxels; rounded to the nearest and clamped where need be.")
    @ChoicesProvider(OutputType.ComputedChoices.class)
    @Layout(ResultSection.class)
    public String pixelType = OutputType.UNCHANGED;

    /** The widgets of the chosen plugin, if it is installed. */
    private Optional<PluginParameters> widgets() {
        return switch (plugin) {
            case PluginChoice.GAUSSIAN -> Optional.of(gaussian);
            case PluginChoice.N4 -> Optional.of(n4);
            default -> Dialogs.widgets(this, plugin);
        };
    }

    /** The values of the plugin's parameters, as the widgets say. */
    private Map<String, Object> values() throws ParameterException {
        Optional<PluginParameters> widgets = widgets();
        return widgets.isPresent() ? widgets.get().valuesHere() : ParameterLines.parse(parameters);
    }

    /**
     * @param image recipe of the image at the port, of which a plugin that takes a mask itself makes one
     * @throws ParameterException when the plugin is not installed or a value is not accepted
     */
    public ScaledProcessingPlugin create(Optional<String> image) throws ParameterException {
        Map<String, Object> values = new HashMap<>(values());
        if (image.isPresent() && portImage == PortImage.MASK && PluginChoice.takesMask(plugin)) {
            values.put(PluginChoice.MASK, image.get());
        }
        return PluginRegistry.installed().create(plugin, values);
    }

    /**
     * How the low-resolution step is carried out, without a temporary OME-Zarr.
     *
     * @param image recipe of the image at the port
     */
    public ScaledProcessingOptions options(Optional<String> image) throws ParameterException {
        boolean taken = portImage == PortImage.MASK && PluginChoice.takesMask(plugin);
        return options(image, taken);
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
            Optional<PluginParameters> widgets = widgets();
            if (widgets.isPresent()) {
                checkIfInstalled(widgets.get().values());
            } else {
                ParameterLines.parse(parameters);
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
