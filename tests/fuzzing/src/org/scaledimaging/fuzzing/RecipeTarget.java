package org.scaledimaging.fuzzing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Recipes, opened and read. */
final class RecipeTarget implements FuzzTarget {
    private final Path file;

    RecipeTarget() throws IOException {
        this.file = Files.createTempDirectory("fuzzing").resolve("image.nii");
        Files.write(file, HandMadeNifti.version1(4, false));
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        try (Image image = Image.open(file)) {
            List<Image> made = List.of(
                    image,
                    image.downsample(List.of(2)).convert(PixelType.UINT8).level(0),
                    image.crop(List.of(0L, 1L, 1L), List.of(3L, 4L, 5L)).upsample(List.of(1, 2, 1)),
                    image.upsampleTo(List.of(4L, 5L, 6L)).segmentOtsu(),
                    image.segmentThreshold(List.of(3.0, 20.0), true),
                    image.applyScaledProcessing(
                            "gaussian",
                            Map.of("sigma", 3),
                            ScaledProcessingOptions.defaults().withDownsampleFactor(2)));
            for (Image each : made) {
                seeds.add(each.toJson().getBytes(StandardCharsets.UTF_8));
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) throws Throwable {
        String recipe = new String(input, StandardCharsets.UTF_8);
        Refusal.accepts(() -> {
            try (Image image = Image.fromJson(recipe, new Execution(1, Progress.none()))) {
                ImageReading.read(image);
            }
        });
    }
}
