package org.scaledimaging.knime.setting;

import java.util.Locale;
import java.util.Optional;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.scaled.ScaledProcessingDeclaration;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.knime.setting.choice.ChannelsAtPort;
import org.scaledimaging.knime.setting.choice.ChannelsPersistor;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.Numbers;
import org.scaledimaging.knime.setting.text.PlacePersistor;

/**
 * The settings on what an estimate is made from and where its result is applied. Places in texts are absolute paths or
 * addresses. Field names are the settings' keys: they stay.
 */
@Layout(ScaledProcessingParameters.LowResolutionSection.class)
public abstract class EstimateParameters implements NodeParameters {
    /** The name of the optional port. */
    public static final String PORT = "Mask";

    static final String SIZE_TITLE = "Size of low-resolution voxels";
    static final String FROM_TITLE = "Estimate from";
    static final String SHARE_TITLE = "Share";
    static final String MASK_TITLE = "Mask";
    static final String APPLY_MASK_TITLE = "Apply mask";
    static final String CHANNELS_TITLE = "On channels";
    private static final String EACH = "each";
    private static final String BVAL = "time=b0:";

    /** What the image at the port is. Names are kept in workflows: they stay. */
    public enum PortImage {
        @Label("Mask of the estimate")
        MASK,
        @Label("What the estimate is made from")
        ESTIMATE,
        @Label("Where the result is applied")
        APPLY_MASK
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

    /** What they did before anything was shared. */
    public static final class SharedAutomatically implements DefaultProvider<Share> {
        @Override
        public Share getDefault() {
            return Share.AUTO;
        }
    }

    @Widget(
            title = "Downsample factor",
            description =
                    "How many voxels make one of the low-resolution image: one number for all spatial axes, or one for"
                            + " each in the order z,y,x, as in 1,8,8 or 1x8x8.")
    @ValueReference(Downsampled.Factor.class)
    public String downsampleFactor = "4";

    @Widget(
            title = SIZE_TITLE,
            description =
                    "How large the voxels of the low-resolution image become, instead of a factor: a size with its"
                            + " unit, as in 4mm, or one for each axis in the order z,y,x; each axis has the whole factor"
                            + " nearest to it. Empty for the factor.")
    @TextInputWidget(placeholder = "by the factor")
    @Advanced
    @Migration(ByFactor.class)
    @ValueReference(Downsampled.Size.class)
    public String downsampleTo = "";

    @TextMessage(Downsampled.LowResolution.class)
    public Void lowResolution;

    @Widget(
            title = FROM_TITLE,
            description =
                    "What the estimate is made from: each volume itself (each), the mean, median or max of those that"
                            + " share it, time points (time=0 or time=0,6,12), a channel (channel=0), the time points"
                            + " whose b-value in a bval file is below 50 (time=b0:FILE), or another image of the same"
                            + " field of view, at any resolution, by its path. Paths are absolute, or addresses such as"
                            + " knime://knime.workflow/data/dwi.bval.")
    @Advanced
    @Persistor(PlacePersistor.OfEstimateFrom.class)
    public String estimateFrom = EACH;

    @Widget(
            title = SHARE_TITLE,
            description =
                    "Which volumes share an estimate that is not made from each: all time points, all channels or all"
                            + " volumes. Automatic: time points where there are several, else channels, and with another"
                            + " image what that has not.")
    @Advanced
    @Migration(SharedAutomatically.class)
    public Share share = Share.AUTO;

    @Widget(
            title = MASK_TITLE,
            description =
                    "Which voxels take part in the estimate, whatever the plugin: those where an image of the same"
                            + " field of view, at any resolution, is not 0; its path or address. Empty for all. An image"
                            + " in the workflow comes in by the port Mask.")
    @TextInputWidget(placeholder = "none")
    @Advanced
    @Persistor(PlacePersistor.OfMask.class)
    public String mask = "";

    @Widget(
            title = APPLY_MASK_TITLE,
            description = "Where the result is applied: an image m of the same field of view, at any resolution, by"
                    + " its path or address; the result is corrected · m + original · (1 − m), with m from 0 to 1 and 1"
                    + " where it is more. Empty for everywhere.")
    @TextInputWidget(placeholder = "none")
    @Advanced
    @Persistor(PlacePersistor.OfApplyMask.class)
    public String applyMask = "";

    @Widget(
            title = "Image at the port " + PORT,
            description = "What the image at the optional port is: the mask of the estimate (a plugin with a parameter"
                    + " mask, such as N4, gets it as that), what the estimate is made from, or where the result is"
                    + " applied.")
    @Advanced
    @Migrate(loadDefaultIfAbsent = true)
    public PortImage portImage = PortImage.MASK;

    @Widget(
            title = CHANNELS_TITLE,
            description =
                    "Which channels are processed, by their numbers, counted from 0, and names; the others are passed"
                            + " on, in the result's pixel type. None chosen: all.")
    @ChoicesProvider(ChannelsAtPort.class)
    @Persistor(ChannelsPersistor.class)
    @Advanced
    public String[] onChannels = {};

    @Widget(
            title = "Subtract (grey values)",
            description = "What to subtract from each voxel before anything else, such as a camera's offset, in grey"
                    + " values.")
    @Advanced
    @Migrate(loadDefaultIfAbsent = true)
    public double subtract;

    @Widget(
            title = "Chunk size (voxels)",
            description = "Voxels per chunk of the low-resolution image and the temporary OME-Zarr: one number for all"
                    + " spatial axes, or one for each in the order z,y,x; empty for the image's own chunks."
                    + " Without effect on the result.")
    @TextInputWidget(placeholder = "the image's own")
    @Advanced
    public String chunkSize = "";

    /**
     * As the engine takes it, without a temporary OME-Zarr.
     *
     * @param image recipe of the image at the port
     * @param taken whether the plugin takes that itself
     * @throws ParameterException when a value or a place is none, or the image at the port is given twice
     */
    final ScaledProcessingOptions options(Optional<String> image, boolean taken) throws ParameterException {
        ScaledProcessingOptions options = optionsButPlaces()
                .withEstimateFrom(here(estimateFrom))
                .withMask(place(MASK_TITLE, mask))
                .withApplyMask(place(APPLY_MASK_TITLE, applyMask));
        if (image.isEmpty() || taken) {
            return options;
        }
        return switch (portImage) {
            case MASK -> {
                refuse(options.mask().isPresent(), Setting.MASK);
                yield options.withMask(image.get());
            }
            case ESTIMATE -> {
                refuse(!options.estimateFrom().equals(EACH), Setting.ESTIMATE_FROM);
                yield options.withEstimateFrom(image.get());
            }
            case APPLY_MASK -> {
                refuse(options.applyMask().isPresent(), Setting.APPLY_MASK);
                yield options.withApplyMask(image.get());
            }
        };
    }

    private static void refuse(boolean twice, Setting setting) throws ParameterException {
        if (twice) {
            throw new ParameterException(setting, "it, and an image at the port " + PORT, "one of the two");
        }
    }

    /** What can be looked at anywhere: not places. */
    final ScaledProcessingOptions optionsButPlaces() throws ParameterException {
        if (estimateFrom.isBlank() && !estimateFrom.isEmpty()) { // as a flow variable without a path sets it
            Location.image(FROM_TITLE, estimateFrom, true);
        }
        if (!estimateFrom.strip().startsWith(BVAL) && !isImage(estimateFrom.strip())) {
            ScaledProcessingOptions.defaults().withEstimateFrom(estimateFrom.strip());
        }
        if (!Double.isFinite(subtract)) {
            throw new ParameterException("Subtract (grey values)", subtract, "a finite number");
        }
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults()
                .withShare(share.name().toLowerCase(Locale.ROOT))
                .withOnChannels(ChannelsPersistor.text(onChannels))
                .withChunkSize(Numbers.optional("Chunk size (voxels)", chunkSize));
        return lowResolution(options, downsampleFactor, downsampleTo);
    }

    /** Options with a low-resolution image as it is typed. */
    static ScaledProcessingOptions lowResolution(ScaledProcessingOptions options, String factor, String size)
            throws ParameterException {
        ScaledProcessingOptions by = options.withDownsampleFactor(Numbers.required("Downsample factor", factor));
        return size.isBlank() ? by : by.withDownsampleTo(size.strip());
    }

    private static String here(String text) throws ParameterException {
        String given = text.strip();
        if (given.startsWith(BVAL)) {
            return BVAL + Location.path(FROM_TITLE, given.substring(BVAL.length()));
        }
        if (isImage(given) && !given.matches("(?s).*[/\\\\:].*")) { // a word, not a place
            throw new ParameterException(FROM_TITLE, Location.quoted(given), ScaledProcessingDeclaration.FROM_ACCEPTED);
        }
        return isImage(given) ? Location.image(FROM_TITLE, given, true).toString() : given;
    }

    private static String place(String setting, String text) throws ParameterException {
        return text.isEmpty() ? "none" : Location.image(setting, text, true).toString();
    }

    private static boolean isImage(String given) {
        return !given.isEmpty()
                && !ScaledProcessingDeclaration.FROM_WORDS.contains(given)
                && !given.startsWith("time=")
                && !given.startsWith("channel=");
    }
}
