package org.scaledimaging.knime.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.webui.node.dialog.defaultdialog.NodeParametersUtil;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.updates.StateProvider.StateProviderInitializer;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.message.TextMessage;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.choice.ChannelsAtPort;
import org.scaledimaging.knime.setting.choice.ImageParts;
import org.scaledimaging.knime.setting.text.ChosenPlace;

/** Dialogs offer what an image has, and settings keep what is chosen of it. */
class LoadChoicesTest {
    private static final Path SERIES = Path.of(System.getProperty("project.root"), "docs/sample/series.nii.gz");

    private static final ImageMetadata CHANNELS = new ImageMetadata(
            "cells",
            PixelType.UINT16,
            List.of(
                    Dimension.of(Axis.C, 2),
                    new Dimension(Axis.Y, 6, 0.5, "micrometer", 0),
                    new Dimension(Axis.X, 8, 0.25, "micrometer", 0)),
            Optional.empty(),
            List.of("DAPI", "GFP"),
            Optional.empty());

    @TempDir
    private Path folder;

    /** What a dialog knows of the node's ports. */
    private static NodeParametersInput ports(PortObjectSpec... specs) {
        return (NodeParametersInput) Proxy.newProxyInstance(
                LoadChoicesTest.class.getClassLoader(),
                new Class<?>[] {NodeParametersInput.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInPortSpecs" -> specs;
                    case "getInPortSpec" -> Optional.ofNullable(specs[(Integer) arguments[0]]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static List<String> words(List<StringChoice> choices) {
        return choices.stream().map(choice -> choice.id() + " " + choice.text()).toList();
    }

    @Test
    void channelsHaveTheirNumbersAndNames() {
        assertEquals(List.of("0 0: DAPI", "1 1: GFP"), words(new ImageParts(List.of(CHANNELS)).channels()));
        assertEquals(
                List.of("0 0: DAPI", "1 1: GFP"),
                words(new ChannelsAtPort().computeState(ports(ScaledImagePortObjectSpec.of(CHANNELS)))));
        assertEquals(
                "99 99",
                words(new ChannelsAtPort().computeState(ports((PortObjectSpec) null)))
                        .get(99));
    }

    @Test
    void resolutionsHaveTheirSizeAndTimePointsTheirTime() {
        ImageMetadata moving = ImageMetadata.of(
                "series",
                PixelType.INT16,
                new Dimension(Axis.T, 3, 1.5, "second", 2),
                Dimension.of(Axis.Z, 4),
                Dimension.of(Axis.Y, 6),
                Dimension.of(Axis.X, 8));
        ImageParts parts = new ImageParts(List.of(moving, moving.downsampled(new int[] {1, 1, 2, 2})));
        assertEquals(List.of("0 0: 2 second", "1 1: 3.5 second", "2 2: 5 second"), words(parts.timePoints()));
        assertEquals(
                "1 1: 4 x 3 x 4 voxels (z, y, x) of 1 x 2 x 2 (without a unit)",
                words(parts.resolutions()).get(1));
        assertEquals(
                "6 x 8 voxels (y, x) of 0.5 x 0.25 micrometer, uint16; 2 channels; 1 resolution.",
                new ImageParts(List.of(CHANNELS)).sentence());
    }

    /** The values of a dialog, as KNIME hands them to what depends on them. */
    private static final class Typed implements StateProviderInitializer {
        private final Map<Class<?>, Object> values = new HashMap<>();

        Typed(NodeParameters dialog) throws Exception {
            for (var field : dialog.getClass().getFields()) {
                if (field.isAnnotationPresent(ValueReference.class)) {
                    values.put(field.getAnnotation(ValueReference.class).value(), field.get(dialog));
                }
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Supplier<T> computeFromValueSupplier(Class<? extends ParameterReference<T>> reference) {
            assertTrue(values.containsKey(reference), reference.toString());
            return () -> (T) values.get(reference);
        }

        @Override
        public <T> Supplier<T> getValueSupplier(Class<? extends ParameterReference<T>> reference) {
            return computeFromValueSupplier(reference);
        }

        @Override
        public <T> Supplier<T> computeFromProvidedState(Class<? extends StateProvider<T>> stateProvider) {
            return () -> {
                try {
                    return state(stateProvider.getConstructor().newInstance());
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };
        }

        @Override
        public void computeBeforeOpenDialog() {}

        @Override
        public void computeAfterOpenDialog() {}

        <T> T state(StateProvider<T> provider) {
            provider.init(this);
            return provider.computeState(ports());
        }
    }

    @Test
    void theDialogOffersThePartsOfTheImageAtItsPlace() throws Exception {
        Path zarr = folder.resolve("series.ome.zarr");
        try (Image image = Image.open(SERIES)) {
            image.saveOmeZarr(zarr, OmeZarrWriteOptions.defaults().withLevels(2), Execution.standard());
        }
        LoadImageParameters dialog = new LoadImageParameters();
        dialog.path = ChosenPlace.of(zarr.resolve("zarr.json").toString()); // as a chooser gives it
        Typed typed = new Typed(dialog);
        assertEquals(2, typed.state(new LoadChoices.Levels()).size());
        assertEquals(1, typed.state(new LoadChoices.Channels()).size());
        int times = typed.state(new LoadChoices.TimePoints()).size();
        try (Image image = Image.open(zarr)) {
            assertEquals(image.metadata().dimensions().get(0).length(), times);
        }
        String said = typed.state(new LoadChoices.Description()).orElseThrow().description();
        assertTrue(said.endsWith(times + " time points; 2 resolutions."), said);
    }

    @Test
    void anImageThatCannotBeOpenedIsSaidAndItsPartsAreNumbers() throws Exception {
        LoadImageParameters dialog = new LoadImageParameters();
        assertEquals(Optional.empty(), new Typed(dialog).state(new LoadChoices.Description()));
        dialog.path = ChosenPlace.of(folder.resolve("none.nii").toString());
        Typed typed = new Typed(dialog);
        String said = typed.state(new LoadChoices.Description()).orElseThrow().description();
        assertTrue(said.startsWith(ChosenPlace.text(dialog.path) + ": found no such file"), said);
        assertEquals("7 7", words(typed.state(new LoadChoices.Channels())).get(7));
        dialog.path = ChosenPlace.of("none.nii");
        said = new Typed(dialog)
                .state(new LoadChoices.Description())
                .orElseThrow()
                .description();
        assertTrue(said.startsWith("Image: found 'none.nii', expected an absolute path"), said);
    }

    private static String downsampled(StateProvider<Optional<TextMessage.Message>> box, NodeParameters dialog)
            throws Exception {
        box.init(new Typed(dialog));
        assertEquals(Optional.empty(), box.computeState(ports((PortObjectSpec) null)));
        return box.computeState(ports(ScaledImagePortObjectSpec.of(CHANNELS)))
                .orElseThrow()
                .description();
    }

    @Test
    void aFactorSaysWhatItMakesOfTheImageInItsUnit() throws Exception {
        DownsampleImageParameters downsample = new DownsampleImageParameters();
        downsample.factor = "2,4";
        assertEquals("3 x 2 voxels (y, x) of 1 x 1 micrometer.", downsampled(new Downsampled.Result(), downsample));
        downsample.factor = "many";
        assertTrue(downsampled(new Downsampled.Result(), downsample).startsWith("Factor: found 'many', expected"));
        ScaledProcessingParameters process = new ScaledProcessingParameters();
        process.downsampleFactor = "7";
        assertTrue(downsampled(new Downsampled.LowResolution(), process)
                .startsWith("1 x 2 voxels (y, x) of 3 x 1.75 micrometer. One such voxel is 1"));
        process.downsampleTo = "1um";
        assertTrue(downsampled(new Downsampled.LowResolution(), process)
                .startsWith("3 x 2 voxels (y, x) of 1 x 1 micrometer."));
        process.downsampleTo = "1";
        assertTrue(downsampled(new Downsampled.LowResolution(), process)
                .startsWith("Size of low-resolution voxels: found 1, expected a voxel size with its unit"));
    }

    private static LoadImageParameters load(NodeSettings settings) throws InvalidSettingsException {
        return NodeParametersUtil.loadSettings(settings, LoadImageParameters.class);
    }

    /** Nodes of before have a switch beside each number, and so have the flow variables that set them. */
    @ParameterizedTest
    @CsvSource({"false, 3, false, 4", "true, 3, false, 4", "true, 0, true, 4"})
    void partsAreKeptAsTheyWere(boolean oneChannel, int channel, boolean oneTime, int time) throws Exception {
        NodeSettings settings = new NodeSettings("model");
        settings.addString("path", "/a.nii");
        settings.addBoolean("copyIntoWorkflow", false);
        settings.addInt("level", 2);
        settings.addBoolean("oneChannel", oneChannel);
        settings.addInt("channel", channel);
        settings.addBoolean("oneTime", oneTime);
        settings.addInt("time", time);
        LoadImageParameters loaded = load(settings);
        assertEquals("2", loaded.level);
        assertEquals(oneChannel ? Optional.of("" + channel) : Optional.empty(), loaded.channel);
        assertEquals(oneTime ? Optional.of("" + time) : Optional.empty(), loaded.time);
        NodeSettings saved = new NodeSettings("model");
        NodeParametersUtil.saveSettings(LoadImageParameters.class, loaded, saved);
        assertEquals(oneChannel, saved.getBoolean("oneChannel"));
        assertEquals(oneTime, saved.getBoolean("oneTime"));
        assertEquals(oneChannel ? channel : 0, saved.getInt("channel"));
        assertEquals(2, saved.getInt("level"));
    }

    @Test
    void numbersThatMayBeMissingAreKeptAsTheyWere() throws Exception {
        LoadImageParameters dialog = new LoadImageParameters();
        dialog.series = Optional.of(4);
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(LoadImageParameters.class, dialog, settings);
        assertEquals("4", settings.getString("series"));
        assertEquals("", settings.getString("fieldOfView"));
        assertEquals(Optional.of(4), load(settings).series);
        settings.addString("series", "one");
        assertEquals(
                "Series: found 'one', expected a whole number, or nothing.",
                assertThrows(InvalidSettingsException.class, () -> load(settings))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({"all, ''", "'', ''", "'0, 2', '0,2'"})
    void channelsAreKeptAsTheyWere(String kept, String expected) throws Exception {
        NodeSettings settings = new NodeSettings("model");
        NodeParametersUtil.saveSettings(ScaledProcessingParameters.class, new ScaledProcessingParameters(), settings);
        assertEquals("all", settings.getString("onChannels"));
        settings.addString("onChannels", kept);
        ScaledProcessingParameters loaded = NodeParametersUtil.loadSettings(settings, ScaledProcessingParameters.class);
        assertEquals(expected, String.join(",", loaded.onChannels));
        loaded.validate();
    }
}
