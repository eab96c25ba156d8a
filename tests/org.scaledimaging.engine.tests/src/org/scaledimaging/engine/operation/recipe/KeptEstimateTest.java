package org.scaledimaging.engine.operation.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** The yield of low-resolution steps is kept in a folder that goes with a recipe, and not computed again. */
class KeptEstimateTest {
    @TempDir
    private Path temporary;

    private Path source;
    private Path folder;

    @BeforeEach
    void makeAnImage() throws Exception {
        folder = Files.createDirectory(temporary.resolve("kept"));
        source = temporary.resolve("image.ome.zarr");
        save(PixelType.UINT16, source);
    }

    private static void save(PixelType type, Path target) throws Exception {
        Image.of(FormulaSource.of("czyx", type, new long[] {2, 12, 14, 16}, FormulaSource::scattered))
                .saveOmeZarr(target);
    }

    private Image process(Image image, double gain, String name) throws Exception {
        return image.applyScaledProcessing(
                LocalMean.withGain(gain),
                ScaledProcessingOptions.defaults().withDownsampleFactor(3).withEstimateFile(folder.resolve(name)),
                Execution.standard());
    }

    private static double[] voxels(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    /** The plugin, that must not be asked to estimate anything. */
    private static final PluginProvider NEVER = new PluginProvider() {
        @Override
        public PluginDescription description() {
            return LocalMean.DESCRIPTION;
        }

        @Override
        public Class<? extends ScaledProcessingPlugin> pluginClass() {
            return ScaledProcessingPlugin.class;
        }

        @Override
        public ScaledProcessingPlugin create(ParameterValues parameters) throws ParameterException {
            ScaledProcessingPlugin plugin = (ScaledProcessingPlugin) LocalMean.PROVIDER.create(parameters);
            return new Changed(plugin) {
                @Override
                public Field lowRes(LowResolutionImage image, Execution execution) {
                    throw new AssertionError("a low-resolution step was run");
                }
            };
        }
    };

    /** A plugin like another one, but for its low-resolution step. */
    private abstract static class Changed implements ScaledProcessingPlugin {
        private final ScaledProcessingPlugin plugin;

        Changed(ScaledProcessingPlugin plugin) {
            this.plugin = plugin;
        }

        @Override
        public PluginDescription description() {
            return plugin.description();
        }

        @Override
        public ParameterValues parameters() {
            return plugin.parameters();
        }

        @Override
        public void highRes(Block block, Object field, Block result) {
            plugin.highRes(block, field, result);
        }
    }

    private static ImageSource open(String json, Path folder) throws Exception {
        Recipe recipe = RecipeJson.read(json, "test", folder);
        return Recipes.open(recipe, PluginRegistry.of(List.of(NEVER)), Execution.standard());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UINT16", "INT32"})
    void aChainIsOpenedToTheBitWithoutRunningALowResolutionStep(String type) throws Exception {
        Path other = temporary.resolve(type + ".ome.zarr");
        save(PixelType.valueOf(type), other);
        try (Image image = Image.open(other);
                Image chain = process(process(image, 0.25, "first"), 0.5, "second")) {
            String json = chain.toJson(folder);
            Path moved = Files.move(folder, temporary.resolve("moved"));
            try (ImageSource again = open(json, moved)) {
                assertArrayEquals(voxels(chain.source()), voxels(again));
                assertEquals(chain.metadata(), again.metadata());
                assertEquals(chain.source().levels().size(), again.levels().size());
                assertArrayEquals(
                        voxels(chain.source().levels().get(1)),
                        voxels(again.levels().get(1)));
            }
        }
    }

    /** Its size and that of its metadata are the same. */
    @Test
    void aChunkThatWasChangedAfterTheEstimateIsRefused() throws Exception {
        String json;
        try (Image image = Image.open(source);
                Image processed = process(image, 0.25, "estimate")) {
            json = processed.toJson(folder);
        }
        Path chunk = source.resolve("0/c/0/0/0/0");
        try (ImageSource again = open(json, folder)) {
            voxels(again);
        }
        FileTime after = Files.getLastModifiedTime(folder.resolve("estimate"));
        Files.setLastModifiedTime(chunk, FileTime.from(after.toInstant().plusMillis(50)));
        try (ImageSource again = open(json, folder)) {
            ImageFormatException refused = assertThrows(ImageFormatException.class, () -> voxels(again));
            assertEquals(
                    chunk
                            + ": found a change since the image was opened, expected an image that stays as it is while it"
                            + " is read.",
                    refused.getMessage());
        }
    }

    /** As when a workflow is copied: files get new times, in any order. */
    @Test
    void timesInTheFolderSayNothing() throws Exception {
        Path inside = folder.resolve("pixels.ome.zarr");
        save(PixelType.UINT16, inside);
        String json;
        try (Image image = Image.open(inside);
                Image processed = process(image, 0.25, "estimate")) {
            json = processed.toJson(folder);
        }
        Files.setLastModifiedTime(folder.resolve("estimate"), FileTime.fromMillis(0));
        try (ImageSource again = open(json, folder)) {
            voxels(again);
            again.checkUnchanged();
        }
    }

    @Test
    void aFieldIsAnImageThatCanBeOpenedAgain() throws Exception {
        try (Image image = Image.open(source);
                Image processed = process(image, 0.25, "estimate")) {
            Image field = processed.field().orElseThrow();
            try (ImageSource again = open(field.toJson(folder), folder)) {
                assertEquals(field.metadata(), again.metadata());
                assertArrayEquals(voxels(field.source()), voxels(again));
            }
        }
    }

    @Test
    void anImageInTheFolderMovesWithIt() throws Exception {
        Path inside = folder.resolve("pixels.ome.zarr");
        save(PixelType.UINT16, inside);
        String json;
        double[] expected;
        try (Image image = Image.open(inside)) {
            json = image.toJson(folder);
            expected = voxels(image.source());
        }
        assertFalse(json.contains(temporary.toString()), json);
        Path moved = Files.move(folder, temporary.resolve("moved"));
        try (Image again = Image.fromJson(json, moved, Execution.standard())) {
            assertArrayEquals(expected, voxels(again.source()));
            assertEquals(
                    Optional.of(moved.resolve("pixels.ome.zarr")),
                    again.recipe().orElseThrow().source().path());
        }
        assertThrows(ImageFormatException.class, () -> Image.fromJson(json, Execution.standard()));
    }

    @Test
    void aRecipeThatStandsForItselfSaysNothingOfTheFolder() throws Exception {
        try (Image image = Image.open(source);
                Image kept = process(image, 0.25, "estimate");
                Image other = Image.open(source);
                Image plain = other.applyScaledProcessing(
                        LocalMean.withGain(0.25),
                        ScaledProcessingOptions.defaults().withDownsampleFactor(3))) {
            assertEquals(plain.toJson(), kept.toJson());
            assertTrue(kept.toJson(folder).contains("\"estimate\":\"estimate\""), kept.toJson(folder));
        }
    }

    @Test
    void aFieldThatCannotBeStoredIsEstimatedAnew() throws Exception {
        ScaledProcessingPlugin transientField = new Changed(LocalMean.withGain(1)) {
            @Override
            public Field lowRes(LowResolutionImage image, Execution execution) {
                return new Ones();
            }
        };
        try (Image image = Image.open(source);
                Image processed = image.applyScaledProcessing(
                        transientField,
                        ScaledProcessingOptions.defaults().withEstimateFile(folder.resolve("estimate")),
                        Execution.standard())) {
            assertFalse(processed.toJson(folder).contains("estimate"), processed.toJson(folder));
        }
        assertFalse(Files.exists(folder.resolve("estimate")));
    }

    /** A field without coefficients. */
    private static final class Ones implements Field {
        @Override
        public int channels() {
            return 1;
        }

        @Override
        public void evaluate(int channel, int[] steps, Block target) {
            target.fill(1);
        }
    }

    @Test
    void aDamagedOrForeignEstimateIsNamed() throws Exception {
        Path file = folder.resolve("estimate");
        String json;
        try (Image image = Image.open(source);
                Image processed = process(image, 0.25, "estimate")) {
            json = processed.toJson(folder);
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 101) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 64;
            Files.write(file, damaged);
            ImageFormatException e = assertThrows(ImageFormatException.class, () -> open(json, folder));
            assertTrue(e.getMessage().startsWith(file + ": found "), e.getMessage());
        }
        for (int length = 0; length < bytes.length; length += 977) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThrows(ImageFormatException.class, () -> open(json, folder));
        }
        Files.delete(file);
        Path small = temporary.resolve("small.ome.zarr");
        Image.of(FormulaSource.of("zyx", PixelType.UINT16, new long[] {12, 14, 16}, FormulaSource::scattered))
                .saveOmeZarr(small);
        try (Image image = Image.open(small)) {
            process(image, 0.25, "estimate");
        }
        assertEquals(
                file + ": found an estimate of another image, expected one of test with this factor.",
                assertThrows(ImageFormatException.class, () -> open(json, folder))
                        .getMessage());
    }

    @Test
    void anEstimateOfAnotherPluginOtherParametersOrFactorsIsRefused() throws Exception {
        Path file = folder.resolve("estimate");
        try (Image image = Image.open(source)) {
            process(image, 0.25, "estimate");
            assertRefused("an estimate with gain = 0.25, expected gain = 0.5", () -> process(image, 0.5, "estimate"));
            ScaledProcessingOptions other = ScaledProcessingOptions.defaults()
                    .withDownsampleFactor(3, 3, 4)
                    .withEstimateFile(file);
            assertRefused(
                    "an estimate with the downsample factors [3, 3, 3], expected [3, 3, 4]",
                    () -> image.applyScaledProcessing(LocalMean.withGain(0.25), other, Execution.standard()));
            ScaledProcessingPlugin renamed = new Changed(LocalMean.withGain(0.25)) {
                @Override
                public PluginDescription description() {
                    PluginDescription was = super.description();
                    return new PluginDescription("other", was.name(), was.description(), was.parameters());
                }

                @Override
                public Field lowRes(LowResolutionImage image, Execution execution) {
                    throw new AssertionError("a low-resolution step was run");
                }
            };
            ScaledProcessingOptions same =
                    ScaledProcessingOptions.defaults().withDownsampleFactor(3).withEstimateFile(file);
            assertRefused(
                    "an estimate of the plugin local-mean, expected one of the plugin other",
                    () -> image.applyScaledProcessing(renamed, same, Execution.standard()));
            byte[] bytes = Files.readAllBytes(file);
            bytes[7] = 1;
            Files.write(file, bytes);
            assertRefused("an estimate of version 1, expected version 2", () -> process(image, 0.25, "estimate"));
        }
    }

    private void assertRefused(String found, Executable attempt) {
        assertEquals(
                folder.resolve("estimate") + ": found " + found + ".",
                assertThrows(ImageFormatException.class, attempt).getMessage());
    }

    @Test
    void aPathThatLeadsOutOfTheFolderIsRefused() throws Exception {
        try (Image image = Image.open(source);
                Image processed = process(image, 0.25, "estimate")) {
            String json = processed.toJson(folder).replace("\"estimate\":\"estimate\"", "\"estimate\":\"../image\"");
            assertEquals(
                    "test: found \"../image\" as \"estimate\", expected a path inside the recipe's folder.",
                    assertThrows(ImageFormatException.class, () -> open(json, folder))
                            .getMessage());
        }
    }
}
