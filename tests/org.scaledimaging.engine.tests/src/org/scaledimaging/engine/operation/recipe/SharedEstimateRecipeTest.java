package org.scaledimaging.engine.operation.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Recipes and kept estimates of fields that volumes share. */
class SharedEstimateRecipeTest {
    @TempDir
    private Path folder;

    private Path series;
    private Path mask;

    @BeforeEach
    void makeImages() throws Exception {
        series = save("series", "tczyx", 4, 2, 8, 10, 12);
        mask = save("mask", "zyx", 8, 10, 12);
    }

    private Path save(String name, String axes, long... shape) throws Exception {
        Path path = folder.resolve(name + ".ome.zarr");
        Image.of(FormulaSource.of(axes, PixelType.UINT8, shape, FormulaSource::scattered))
                .saveOmeZarr(path);
        return path;
    }

    private static double[] voxels(Image image) throws IOException {
        return (double[]) image.source()
                .read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    private ScaledProcessingOptions options(String from, String share) throws ParameterException {
        return ScaledProcessingOptions.defaults()
                .withDownsampleFactor(2)
                .withEstimateFrom(from.replace("IMAGE", mask.toString()))
                .withShare(share);
    }

    private Image processed(ScaledProcessingOptions options) throws Exception {
        return Image.open(series).applyScaledProcessing(LocalMean.withGain(0.5), options);
    }

    @ParameterizedTest
    @CsvSource({"mean,auto", "median,all", "max,channel", "'time=0,2',time", "channel=1,auto", "IMAGE,auto"})
    void aRecipeGivesTheSameVoxels(String from, String share) throws Exception {
        try (Image image = processed(options(from, share).withMask(mask.toString()));
                Image again = opened(RecipeJson.read(image.toJson(), "test"));
                Image field = opened(RecipeJson.read(image.field().orElseThrow().toJson(), "test"))) {
            assertArrayEquals(voxels(image), voxels(again));
            assertArrayEquals(voxels(image.field().orElseThrow()), voxels(field));
        }
    }

    private static Image opened(Recipe recipe) throws Exception {
        PluginRegistry plugins = PluginRegistry.of(List.of(LocalMean.PROVIDER));
        return Image.of(Recipes.open(recipe, plugins, Execution.standard()));
    }

    @Test
    void aRecipeSaysWhichVolumesShareWhatFromWhichTimePoints() throws Exception {
        Path bval = Files.writeString(folder.resolve("dwi.bval"), "0 1000 5 1000");
        try (Image image = processed(options("time=b0:" + bval, "auto"))) {
            String json = image.toJson();
            assertTrue(json.contains("\"estimateFrom\":\"time=0,2\",\"share\":\"time\""), json);
            assertFalse(json.contains("\"mask\""), json);
        }
        try (Image image = processed(options("each", "auto"))) {
            assertFalse(image.toJson().contains("estimateFrom"), image.toJson());
            assertFalse(image.toJson().contains("share"), image.toJson());
        }
    }

    @Test
    void whatARecipeNamesIsReadAgain() throws Exception {
        ProcessByPlugin step = new ProcessByPlugin("local-mean", Map.of(), List.of(2))
                .withFrom(Map.of("estimateFrom", "median", "share", "all"));
        Recipe recipe = new Recipe(new SourceReference("/a/b.nii", 5, 7), List.of(step));
        assertEquals(recipe, RecipeJson.read(RecipeJson.write(recipe).toString(), "test"));
        for (String wrong : List.of("\"estimateFrom\":\"time=x\"", "\"share\":\"z\"", "\"mask\":3")) {
            String json = "{\"version\":1,\"source\":{\"location\":\"/a\",\"size\":1,\"modified\":1},\"operations\":["
                    + "{\"operation\":\"process\",\"plugin\":\"local-mean\",\"downsampleFactor\":[2]," + wrong + "}]}";
            assertThrows(ImageFormatException.class, () -> RecipeJson.read(json, "test"), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({"each,auto", "mean,auto", "max,all", "IMAGE,auto", "IMAGE,time"})
    void aKeptEstimateNeedsNoImageThatItWasMadeFrom(String from, String share) throws Exception {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Path estimate = kept.resolve("0.estimate");
        double[] expected;
        String json;
        try (Image image =
                processed(options(from, share).withMask(mask.toString()).withEstimateFile(estimate))) {
            expected = voxels(image);
            json = image.toJson(kept);
        }
        long length = Files.size(estimate);
        Files.move(mask, folder.resolve("gone"));
        try (Image again = opened(RecipeJson.read(json, "test", kept))) {
            assertArrayEquals(expected, voxels(again));
        }
        assertEquals(length, Files.size(estimate));
    }

    @Test
    void aFieldThatIsSharedIsKeptOnce() throws Exception {
        Path each = folder.resolve("each.estimate");
        Path all = folder.resolve("all.estimate");
        processed(options("each", "auto").withEstimateFile(each)).close();
        processed(options("mean", "all").withEstimateFile(all)).close();
        // Of 8 volumes: each with 2 channels of field, or 1 that all have in common, and what that was made from.
        double ratio = (double) Files.size(all) / Files.size(each);
        assertTrue(ratio > 10.0 / 24 && ratio < 12.0 / 24, "" + ratio);
    }

    @Test
    void anEstimateFromSomethingElseIsRefused() throws Exception {
        Path file = folder.resolve("kept.estimate");
        processed(options("mean", "auto").withEstimateFile(file)).close();
        for (String other : List.of("each", "max", "time=1")) {
            ImageFormatException e = assertThrows(
                    ImageFormatException.class,
                    () -> processed(options(other, "auto").withEstimateFile(file))
                            .close());
            assertTrue(e.getMessage().contains("process.estimateFrom = mean"), e.getMessage());
        }
        ImageFormatException e = assertThrows(
                ImageFormatException.class,
                () -> processed(options("mean", "auto")
                                .withMask(mask.toString())
                                .withEstimateFile(file))
                        .close());
        assertTrue(e.getMessage().contains("process.mask"), e.getMessage());
    }

    @Test
    void aMaskThatWasChangedSinceIsNoticed() throws Exception {
        String json;
        try (Image image = processed(options("mean", "auto").withMask(mask.toString()))) {
            json = image.toJson();
            assertTrue(image.recipe().orElseThrow().sources().contains(mask), "a source that must not be written over");
        }
        try (var files = Files.walk(mask)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            }
        }
        assertThrows(ImageFormatException.class, () -> opened(RecipeJson.read(json, "test")));
    }

    @Test
    void aWordThatIsNoneIsTakenForAPathThatIsNotThere() {
        ParameterException e = assertThrows(ParameterException.class, () -> processed(options("meen", "auto")));
        assertTrue(e.getMessage().contains("meen, which is not there, expected each, mean"), e.getMessage());
        assertTrue(e.getMessage().endsWith("perhaps mean."), e.getMessage());
    }
}
