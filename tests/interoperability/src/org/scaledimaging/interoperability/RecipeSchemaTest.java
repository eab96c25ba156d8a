package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.operation.Convert;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.operation.SegmentByOtsu;
import org.scaledimaging.engine.operation.SegmentByPlugin;
import org.scaledimaging.engine.operation.SegmentByThresholds;
import org.scaledimaging.engine.operation.TakeField;
import org.scaledimaging.engine.operation.geometry.Crop;
import org.scaledimaging.engine.operation.geometry.Describe;
import org.scaledimaging.engine.operation.geometry.Downsample;
import org.scaledimaging.engine.operation.geometry.Select;
import org.scaledimaging.engine.operation.geometry.TakeLevel;
import org.scaledimaging.engine.operation.geometry.Upsample;
import org.scaledimaging.engine.operation.geometry.UpsampleToShape;
import org.scaledimaging.engine.operation.recipe.Operations;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.RecipeFile;
import org.scaledimaging.engine.operation.recipe.RecipeJson;
import org.scaledimaging.engine.operation.recipe.SourceReference;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.segmentation.OtsuOptions;

/** All recipes that we write fit the schema that we publish, as somebody else's validator understands it. */
class RecipeSchemaTest {
    private static Schema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        String text = Files.readString(Path.of(System.getProperty("project.root"), "docs/schemas/recipe-1.json"));
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
    }

    private static List<String> wrong(JsonNode recipe) {
        return schema.validate(recipe).stream().map(Object::toString).toList();
    }

    /** Of each kind: those below, and others with 1 for whatever they need. */
    private static List<Operation> each() throws Exception {
        List<Operation> each = new ArrayList<>(some());
        Set<OperationKind> kinds = each.stream().map(Operations::kindOf).collect(Collectors.toSet());
        for (OperationKind kind : Operations.ALL) {
            if (!kinds.contains(kind)) {
                Map<String, Object> needed = kind.parameters().stream()
                        .filter(parameter -> parameter.defaultValue() == null)
                        .collect(Collectors.toMap(Parameter::name, parameter -> "1"));
                each.add(kind.make(ParameterValues.of(kind, needed)));
            }
        }
        return each;
    }

    private static List<Operation> some() throws Exception {
        ProcessByPlugin process = new ProcessByPlugin(
                "n4", Map.of("levels", List.of(50, 30), "gain", 0.1, "flag", true, "mode", "two"), List.of(1, 4, 4));
        return List.of(
                new Describe("tzyx", "", "5,1.3,1.3um", ""),
                new TakeLevel(1),
                new Select(Axis.C, 1),
                new Crop(List.of(1L, 0L, 2L), List.of(6L, 7L, 8L)),
                process,
                process.withTold(List.of(Notice.information("It went well."), Notice.course("So.", List.of(1.5, 2.0))))
                        .withFrom(Map.of("estimateFrom", "mean", "share", "time")),
                process.withDownsampleTo("4mm"),
                new TakeField(process),
                new Upsample(List.of(2, 3, 1)),
                new UpsampleToShape(List.of(11L, 22L, 7L)),
                new Downsample(List.of(2)),
                new Convert(PixelType.INT16),
                new SegmentByOtsu(OtsuOptions.defaults()),
                new SegmentByOtsu(new OtsuOptions(4, 100, List.of(5))),
                new SegmentByThresholds(List.of(0.5, 1.0), true),
                new SegmentByPlugin("above-mean", Map.of("times", 0.5)),
                RecipeJson.read(
                                "{\"version\":1,\"source\":{\"location\":\"/a\",\"size\":1,\"modified\":1},\"operations\":["
                                        + "{\"operation\":\"applyField\",\"field\":\"/f.nii\"}]}",
                                "test")
                        .operations()
                        .get(0));
    }

    @Test
    void recipesOfEveryOperationFit() throws Exception {
        for (Operation operation : each()) {
            Recipe recipe = new Recipe(new SourceReference("/images/a.nii", 5, 7, "\"tag\""), List.of(operation));
            assertEquals(List.of(), wrong(RecipeJson.write(recipe)), operation.toString());
            assertEquals(List.of(), wrong(RecipeJson.write(recipe.withoutPaths())), operation.toString());
            RecipeFile file = new RecipeFile(List.of(operation), Map.of("output-type", "same", "chunks", "64"));
            assertEquals(List.of(), wrong(Tool.json(file.toJson())), operation.toString());
        }
    }

    @Test
    void recipesInImagesAndSidecarsFit(@TempDir Path folder) throws Exception {
        Path input = folder.resolve("input.nii");
        Random random = new Random(3);
        Image.of(MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.UINT8, random), random))
                .saveNifti(input);
        for (boolean noPaths : new boolean[] {false, true}) {
            Path nifti = folder.resolve("a" + noPaths + ".nii");
            try (Image image = Image.open(input)) {
                image.subtract(3)
                        .saveNifti(nifti, NiftiWriteOptions.defaults().withNoPaths(noPaths), Execution.standard());
            }
            JsonNode sidecar = Tool.json(Files.readString(folder.resolve("a" + noPaths + ".json")));
            assertEquals(List.of(), wrong(sidecar.path("ScaledImaging")));
            assertEquals(1, sidecar.path("ScaledImaging").path("operations").size());
            Path zarr = folder.resolve("a" + noPaths + ".ome.zarr");
            try (Image image = Image.open(input)) {
                image.subtract(3).saveOmeZarr(zarr);
            }
            JsonNode attributes = Tool.json(Files.readString(zarr.resolve("zarr.json")));
            JsonNode recipe = attributes.findValue("recipe");
            assertEquals(List.of(), wrong(recipe));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"operation\":\"process\",\"plugin\":\"n4\",\"parameters\":{}}",
                "{\"operation\":\"process\",\"plugin\":\"n4\",\"downsampleFactor\":[0]}",
                "{\"operation\":\"process\",\"plugin\":\"n4\",\"downsampleFactor\":[2],\"downsampleTo\":\"4mm\"}",
                "{\"operation\":\"process\",\"downsampleFactor\":[2]}",
                "{\"operation\":\"erase\"}",
                "{\"operation\":\"level\"}",
                "{\"operation\":\"level\",\"level\":\"1\"}",
                "{\"operation\":\"level\",\"level\":1,\"more\":2}",
                "{\"operation\":\"convert\",\"pixelType\":\"int3\"}"
            })
    void whatIsNoneIsRefused(String operation) throws Exception {
        String file = "{\"version\":%d,\"operations\":[%s]}";
        String right = "{\"operation\":\"level\",\"level\":1}";
        assertEquals(List.of(), wrong(Tool.json(String.format(file, 1, right))));
        assertFalse(wrong(Tool.json(String.format(file, 1, operation))).isEmpty());
        assertFalse(wrong(Tool.json(String.format(file, 2, right))).isEmpty());
    }
}
