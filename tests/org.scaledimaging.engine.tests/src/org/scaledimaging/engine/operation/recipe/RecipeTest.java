package org.scaledimaging.engine.operation.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.ApplyField;
import org.scaledimaging.engine.operation.Convert;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.operation.SegmentByOtsu;
import org.scaledimaging.engine.operation.SegmentByPlugin;
import org.scaledimaging.engine.operation.SegmentByThresholds;
import org.scaledimaging.engine.operation.Subtract;
import org.scaledimaging.engine.operation.TakeField;
import org.scaledimaging.engine.operation.geometry.Crop;
import org.scaledimaging.engine.operation.geometry.Describe;
import org.scaledimaging.engine.operation.geometry.Downsample;
import org.scaledimaging.engine.operation.geometry.Select;
import org.scaledimaging.engine.operation.geometry.TakeLevel;
import org.scaledimaging.engine.operation.geometry.Upsample;
import org.scaledimaging.engine.operation.geometry.UpsampleToShape;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.segmentation.AboveMean;
import org.scaledimaging.engine.segmentation.OtsuOptions;

class RecipeTest {
    private static final PluginRegistry PLUGINS = PluginRegistry.of(List.of(LocalMean.PROVIDER, AboveMean.PROVIDER));

    private static Path image(Path folder) throws Exception {
        Path path = folder.resolve("image.ome.zarr");
        Image.of(FormulaSource.of("tczyx", PixelType.UINT16, new long[] {2, 2, 12, 14, 16}, FormulaSource::scattered))
                .saveOmeZarr(path, OmeZarrWriteOptions.defaults().withChunks(8), Execution.standard());
        return path;
    }

    /** One of each kind, that can be applied one after the other. */
    private static final List<Operation> EACH = List.of(
            new TakeLevel(1),
            new Select(Axis.C, 1),
            new Crop(List.of(1L, 0L, 2L), List.of(6L, 7L, 8L)),
            new ProcessByPlugin("local-mean", Map.of("gain", 0.25), List.of(1, 4, 3)),
            new Upsample(List.of(2, 3, 1)),
            new UpsampleToShape(List.of(11L, 22L, 7L)),
            new Downsample(List.of(2)),
            new Convert(PixelType.INT16),
            new SegmentByOtsu(new OtsuOptions(4, 100, List.of(5))),
            new SegmentByThresholds(List.of(0.5, 1.0), true),
            new SegmentByPlugin("above-mean", Map.of("times", 0.5)),
            new TakeField(new ProcessByPlugin("local-mean", Map.of("gain", 0.5), List.of(1, 2, 3))),
            new Subtract(100.5),
            new ApplyField("/images/field.nii", ApplyField.By.SUBTRACT, Interpolation.CUBIC, 2, 0.5),
            new Describe("", "", "2", "um"));

    @Test
    void everyOperationSurvivesJson() throws Exception {
        assertEquals(
                Set.copyOf(Operations.ALL),
                EACH.stream().map(Operations::kindOf).collect(Collectors.toSet()));
        List<Operation> operations = new ArrayList<>(EACH);
        operations.add(new SegmentByOtsu(OtsuOptions.defaults()));
        operations.add(new ProcessByPlugin(
                "n4", Map.of("levels", List.of(50, 30), "gain", 0.1, "flag", true, "mode", "two"), List.of(1, 4, 4)));
        Recipe recipe =
                new Recipe(new SourceReference("/images/brain.nii.gz", 123456789012L, 1700000000123L), operations);
        assertEquals(recipe, RecipeJson.read(RecipeJson.write(recipe).toString(), "test"));
    }

    /** As recipes are that were saved until now: what is here stays, when names in the code change. */
    private static final String SAVED = """
            {"operation":"level","level":1}
            {"operation":"select","axis":"c","index":1}
            {"operation":"crop","min":[1,0,2],"max":[6,7,8]}
            {"operation":"process","plugin":"local-mean","parameters":{"gain":0.25},"downsampleFactor":[1,4,3]}
            {"operation":"upsample","factors":[2,3,1]}
            {"operation":"upsampleTo","shape":[11,22,7]}
            {"operation":"downsample","factors":[2]}
            {"operation":"convert","pixelType":"int16"}
            {"operation":"segmentOtsu","classes":4,"bins":100,"localBlock":[5]}
            {"operation":"segmentThreshold","inclusive":true,"values":[0.5,1.0]}
            {"operation":"segment","plugin":"above-mean","parameters":{"times":0.5}}
            {"operation":"field","plugin":"local-mean","parameters":{"gain":0.5},"downsampleFactor":[1,2,3]}
            {"operation":"subtract","value":100.5}
            {"operation":"applyField","field":"/images/field.nii","by":"subtract","interpolation":"cubic","scale":2.0,"offset":0.5,"applyMask":"none"}
            {"operation":"describe","axes":"","pages":"","voxelSize":"2","unit":"um"}
            """;

    @Test
    void recipesThatWereSavedMeanWhatTheyMeantAndAreWrittenAlike() throws Exception {
        String saved = "{\"version\":1,\"source\":{\"location\":\"/images/brain.nii.gz\",\"size\":5,\"modified\":7},"
                + "\"operations\":[" + String.join(",", SAVED.split("\n")) + "]}";
        Recipe recipe = RecipeJson.read(saved, "test");
        assertEquals(EACH, recipe.operations());
        assertEquals(saved, RecipeJson.write(recipe).toString());
    }

    @Test
    void whatIsWrongInAStepIsNamedByItsKey() {
        for (String[] wrong : new String[][] {
            {"{\"operation\":\"crop\",\"min\":[1]}", "nothing as \"max\", expected whole numbers, one for each axis"},
            {
                "{\"operation\":\"downsample\",\"factors\":[0]}",
                "[0] as \"factors\", expected a whole number of at least 1"
            },
            {"{\"operation\":\"level\",\"level\":\"1\"}", "\"1\" as \"level\", expected a whole number"},
            {"{\"operation\":\"erase\"}", "\"erase\" as \"operation\", expected one of level, select, crop"},
            {"{\"operation\":\"segment\",\"parameters\":{}}", "nothing as \"plugin\", expected a text"}
        }) {
            String text = "{\"version\":1,\"source\":{\"location\":\"/a\",\"size\":1,\"modified\":1},\"operations\":["
                    + wrong[0] + "]}";
            ImageFormatException e = assertThrows(ImageFormatException.class, () -> RecipeJson.read(text, "test"));
            assertTrue(e.getMessage().contains("found " + wrong[1]), e.getMessage());
        }
    }

    @Test
    void everyOperationCanBeCarriedOutAndOpenedAgain(@TempDir Path folder) throws Exception {
        try (Image image = Image.open(image(folder))) {
            ImageSource processed = image.source();
            Recipe recipe = image.recipe().orElseThrow();
            for (Operation each : EACH) {
                Operation operation = each instanceof ApplyField ? fieldFor(processed, folder) : each;
                processed = Recipes.apply(processed, operation, PLUGINS, Execution.standard());
                recipe = recipe.then(operation);
                Recipe read = RecipeJson.read(RecipeJson.write(recipe).toString(), "test");
                try (ImageSource again = Recipes.open(read, PLUGINS, Execution.standard())) {
                    assertEquals(processed.metadata(), again.metadata());
                    assertArrayEquals(numbers(processed), numbers(again), operation::toString);
                }
            }
        }
    }

    private static Operation fieldFor(ImageSource image, Path folder) throws Exception {
        Path path = folder.resolve("field.ome.zarr");
        int[] chunk = new int[image.metadata().dimensions().size()];
        Arrays.fill(chunk, 8);
        Image.of(new FormulaSource(image.metadata().withPixelType(PixelType.FLOAT32), chunk, p -> 1 + p[p.length - 1]))
                .saveOmeZarr(path, OmeZarrWriteOptions.defaults(), Execution.standard());
        return new ApplyField(path.toString());
    }

    private static double[] numbers(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    @Test
    void whatReadingWaitsForIsPutOffUntilThenOrUntilAPluginReads(@TempDir Path folder) throws Exception {
        try (Image image = Image.open(image(folder))) {
            Recipe otsu = image.recipe().orElseThrow().then(new SegmentByOtsu(OtsuOptions.defaults()));
            try (ImageSource labels = Recipes.open(otsu, PLUGINS, Execution.standard())) {
                assertFalse(((Preparation) labels).isPrepared());
            }
            Recipe processed = otsu.then(EACH.get(3));
            Set<String> told = ConcurrentHashMap.newKeySet();
            Progress progress = new Progress() {
                @Override
                public void report(double fraction, String message) {
                    told.add(message);
                }

                @Override
                public boolean isCancelled() {
                    return false;
                }
            };
            try (ImageSource smoothed = Recipes.open(processed, PLUGINS, new Execution(2, progress))) {
                assertTrue(((Preparation) smoothed).isPrepared());
            }
            assertTrue(told.contains("counting values"), told::toString); // what is prepared is told as well
        }
    }

    @Test
    void openingARecipeGivesTheSameVoxels(@TempDir Path folder) throws Exception {
        try (Image image = Image.open(image(folder))) {
            Image processed = image.time(1)
                    .applyScaledProcessing(
                            LocalMean.withGain(0.25),
                            ScaledProcessingOptions.defaults().withDownsampleFactor(3))
                    .downsample(1)
                    .convert(PixelType.INT16);
            Recipe recipe = RecipeJson.read(processed.toJson(), "test");
            assertEquals(4, recipe.operations().size());
            try (ImageSource again = Recipes.open(recipe, PLUGINS, Execution.standard())) {
                assertEquals(processed.metadata(), again.metadata());
                assertArrayEquals(
                        (short[]) processed
                                .source()
                                .read(processed.metadata().interval())
                                .voxels(),
                        (short[]) again.read(again.metadata().interval()).voxels());
            }
        }
    }

    @Test
    void aPluginThatIsNotInstalledIsNamed(@TempDir Path folder) throws Exception {
        ScaledProcessingPlugin functions = ScaledProcessingPlugin.of("mine", (voxels, shape) -> voxels, Math::max);
        try (Image image = Image.open(image(folder))) {
            Image processed = image.applyScaledProcessing(functions, ScaledProcessingOptions.defaults());
            Image labels = image.segment(AboveMean.times(1));
            for (String json : List.of(processed.toJson(), labels.toJson())) {
                Recipe recipe = RecipeJson.read(json, "test");
                PluginRegistry others = PluginRegistry.of(List.of(LocalMean.PROVIDER));
                boolean scaled = json.contains("mine");
                ParameterException e = assertThrows(
                        ParameterException.class, () -> Recipes.open(recipe, others, Execution.standard()));
                assertEquals(
                        scaled
                                ? "Recipe: found the plugin mine, which is not installed, expected one of local-mean, or a"
                                        + " PluginProvider for mine."
                                : "Recipe: found the plugin above-mean, which is not installed, expected a plugin for"
                                        + " segmentation, of which none is installed, or a PluginProvider for above-mean.",
                        e.getMessage());
            }
        }
    }

    @Test
    void aPluginOfTheOtherKindIsNotTakenForTheOne(@TempDir Path folder) throws Exception {
        try (Image image = Image.open(image(folder))) {
            assertThrows(
                    ParameterException.class,
                    () -> Recipes.apply(
                            image.source(),
                            new SegmentByPlugin("local-mean", Map.of()),
                            PLUGINS,
                            Execution.standard()));
        }
    }

    @Test
    void imagesGivenToASegmentationPluginAreSources(@TempDir Path folder) throws Exception {
        Path mask = folder.resolve("mask.ome.zarr");
        try (Image image = Image.open(image(folder))) {
            image.saveOmeZarr(mask);
            Image labels = image.segment(AboveMean.within(mask));
            assertEquals(
                    List.of(image.recipe().orElseThrow().source().path().orElseThrow(), mask),
                    labels.recipe().orElseThrow().sources());
        }
    }

    @Test
    void anImageGivenToASegmentationPluginStaysUntilTheLabelsAreKnown(@TempDir Path folder) throws Exception {
        Path mask = folder.resolve("mask.nii");
        try (Image image = Image.open(image(folder))) {
            image.channel(0).saveNifti(mask);
            Image known = image.segment(AboveMean.within(mask));
            Image unknown = image.segment(AboveMean.within(mask));
            known.prepare(Execution.standard());
            Files.delete(mask);
            known.source().read(known.metadata().interval());
            ImageFormatException gone =
                    assertThrows(ImageFormatException.class, () -> unknown.prepare(Execution.standard()));
            assertTrue(gone.getMessage().startsWith(mask + ": found no such file"), gone.getMessage());
        }
    }

    @Test
    void theRecipeIsWrittenWithTheImage(@TempDir Path folder) throws Exception {
        try (Image image = Image.open(image(folder))) {
            Path target = folder.resolve("processed.ome.zarr");
            image.channel(1).saveOmeZarr(target);
            String metadata = Files.readString(target.resolve("zarr.json"));
            assertTrue(metadata.replaceAll("\\s", "").contains("\"operation\":\"select\",\"axis\":\"c\",\"index\":1"));
        }
    }

    @Test
    void aChangedOrMissingSourceIsNamed(@TempDir Path folder) throws Exception {
        Path path = image(folder);
        Recipe recipe;
        try (Image image = Image.open(path)) {
            recipe = image.recipe().orElseThrow();
        }
        Path metadata = path.resolve("zarr.json");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(recipe.source().modified() + 2000));
        ImageFormatException changed =
                assertThrows(ImageFormatException.class, () -> Recipes.open(recipe, PLUGINS, Execution.standard()));
        assertTrue(changed.getMessage().startsWith(path + ": found an image changed since"), changed.getMessage());
        Files.move(path, folder.resolve("elsewhere"));
        ImageFormatException missing =
                assertThrows(ImageFormatException.class, () -> Recipes.open(recipe, PLUGINS, Execution.standard()));
        assertTrue(missing.getMessage().startsWith(path + ": found no such file"), missing.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[]",
                "{}",
                "{\"version\":2}",
                "{\"version\":1,\"source\":{\"location\":1}}",
                "{\"version\":1,\"source\":{\"location\":\"a\",\"size\":1,\"modified\":1}}",
                "{\"version\":1,\"source\":{\"location\":\"a\",\"size\":1,\"modified\":1},\"operations\":[{\"operation\":\"erase\"}]}",
                "{\"version\":1,\"source\":{\"location\":\"a\",\"size\":1,\"modified\":1},\"operations\":[{\"operation\":\"downsample\",\"factors\":[]}]}",
                "{\"version\":1,\"source\":{\"location\":\"a\",\"size\":1,\"modified\":1},\"operations\":[{\"operation\":\"crop\",\"min\":[1.5],\"max\":[2]}]}",
                "{\"version\":1,\"source\":{\"location\":\"a\",\"size\":1,\"modified\":1},\"operations\":[{\"operation\":\"segmentThreshold\",\"values\":[1],\"inclusive\":1}]}"
            })
    void textThatIsNoRecipeIsRefused(String text) {
        assertThrows(ImageFormatException.class, () -> RecipeJson.read(text, "test"));
    }

    @Test
    void whatIsNoRecipeOfAnImageIsSaid() {
        assertEquals(
                "test: found JSON without a recipe's version, expected a recipe of version 1.",
                assertThrows(ImageFormatException.class, () -> RecipeJson.read("{\"a\":1}", "test"))
                        .getMessage());
        assertEquals(
                "test: found a recipe of no image, expected one that names its image as \"source\".",
                assertThrows(
                                ImageFormatException.class,
                                () -> RecipeJson.read("{\"version\":1,\"operations\":[]}", "test"))
                        .getMessage());
    }
}
