package org.scaledimaging.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Kept estimates. Inputs come without the checksum at the end, which is put there, so that they get past it. */
final class EstimateTarget implements FuzzTarget {
    private final Path folder;
    private final Path file;
    private final String recipe;

    EstimateTarget() throws Exception {
        this.folder = Files.createTempDirectory("fuzzing");
        this.file = folder.resolve("gaussian.estimate");
        Path source = folder.resolve("image.nii");
        Files.write(source, HandMadeNifti.version1(4, false));
        ScaledProcessingOptions options =
                ScaledProcessingOptions.defaults().withDownsampleFactor(2).withEstimateFile(file);
        try (Image image = Image.open(source).applyScaledProcessing("gaussian", Map.of("sigma", 2), options)) {
            this.recipe = image.toJson(folder);
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        return List.of(Arrays.copyOf(whole, whole.length - Long.BYTES));
    }

    @Override
    public void run(byte[] input) throws Throwable {
        CRC32 checksum = new CRC32();
        checksum.update(input);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(input);
        out.writeLong(checksum.getValue());
        Files.write(file, bytes.toByteArray());
        Refusal.accepts(() -> {
            try (Image image = Image.fromJson(recipe, folder, new Execution(1, Progress.none()))) {
                ImageReading.read(image);
            }
        });
    }
}
