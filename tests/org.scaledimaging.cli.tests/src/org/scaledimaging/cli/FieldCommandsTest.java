package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.operation.ApplyField;

/** Fields that are kept and used again, and what is taken off before. */
class FieldCommandsTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;
    private Path field;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.nii");
        field = folder.resolve("field.nii");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian", "n4"})
    void theFieldOfAPluginGivesWhatThePluginGave(String plugin) throws Exception {
        Path processed = folder.resolve("processed.nii");
        Run.of("process", input, processed, "--plugin", plugin, "--save-field", field)
                .done();
        Run.of("apply", input, output, "--field", field).done();
        assertArrayEquals(Samples.voxels(processed), Samples.voxels(output));
        assertEquals(Samples.metadata(processed), Samples.metadata(output).withName("processed"));
    }

    @Test
    void aCoarserFieldIsInterpolatedAndOtherArithmeticIsTheOperations() throws Exception {
        Run.of("downsample", input, field, "--factor", "2").done();
        Run.of("apply", input, output, "--field", field, "--by", "subtract", "--interpolation=cubic", "--scale=0.5")
                .done();
        try (Image image = Image.open(input)) {
            Image expected = image.apply(
                    new ApplyField(field.toString(), ApplyField.By.SUBTRACT, Interpolation.CUBIC, 0.5, 0),
                    Execution.standard());
            assertArrayEquals(Samples.voxels(expected), Samples.voxels(output));
            assertTrue(expected.recipe().orElseThrow().sources().contains(field), "the field is a source");
        }
    }

    /** A mask of half the resolution: 0 and 255 at the ends along x, a quarter in between. */
    @Test
    void aMaskSaysWhereAResultCounts() throws Exception {
        Path mask = folder.resolve("mask.nii");
        Dimension[] dimensions = {
            new Dimension(Axis.Z, 10, 6, "millimeter", 1.5),
            new Dimension(Axis.Y, 12, 4, "millimeter", 1),
            new Dimension(Axis.X, 14, 2, "millimeter", 0.5)
        };
        ImageMetadata metadata = ImageMetadata.of("mask", PixelType.FLOAT32, dimensions)
                .withFrame(Optional.of(WorldFrame.of(Affine.of(2, 0, 0, 0.5, 0, 4, 0, 1, 0, 0, 6, 1.5))));
        float[] values = new float[10 * 12 * 14];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 14 < 5 ? 0 : i % 14 < 9 ? 0.25f : 255;
        }
        Image.of(new InMemory(metadata, values)).saveNifti(mask, NiftiWriteOptions.defaults(), Execution.standard());
        Path everywhere = folder.resolve("everywhere.nii");
        Run.of("process", input, everywhere, "--plugin", "gaussian", "--save-field", field)
                .done();
        Run.of("process", input, output, "--plugin", "gaussian", "--apply-mask", mask)
                .done();
        Path applied = folder.resolve("applied.nii");
        Run.of("apply", input, applied, "--field", field, "--apply-mask", mask).done();
        double[] raw = Samples.voxels(input);
        double[] all = Samples.voxels(everywhere);
        double[] expected = new double[raw.length];
        for (int i = 0; i < raw.length; i++) {
            double at = Math.max(0, Math.min(13, (i % 28 - 0.5) / 2));
            double left = part((int) Math.floor(at));
            double right = part(Math.min(13, (int) Math.floor(at) + 1));
            double part = left + (at - Math.floor(at)) * (right - left);
            expected[i] = all[i] * part + raw[i] * (1 - part);
        }
        assertArrayEquals(expected, Samples.voxels(output), 1e-4);
        assertArrayEquals(expected, Samples.voxels(applied), 1e-4);
    }

    private static double part(int x) {
        return x < 5 ? 0 : x < 9 ? 0.25 : 1;
    }

    private record InMemory(ImageMetadata metadata, float[] values) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return new int[] {10, 12, 14};
        }

        @Override
        public void read(Block target) {
            target.copyFrom(new Block(PixelType.FLOAT32, metadata.interval(), values));
        }
    }

    /** Five axes, two channels: what is not named stays to the bit, also back in the input's type. */
    @Test
    void aPluginCorrectsTheChannelsThatAreNamedAndKeepsTheRest() throws Exception {
        Path five = Samples.fiveAxes(folder);
        Path one = folder.resolve("one.ome.zarr");
        Run.of("process", five, one, "--plugin=gaussian", "-psigma=2", "--on-channels=1", "--downsample-factor=2")
                .done();
        Path alone = folder.resolve("alone.ome.zarr");
        Run.of("process", five, alone, "--channel=1", "--plugin=gaussian", "-psigma=2", "--downsample-factor=2")
                .done();
        try (Image all = Image.open(one);
                Image raw = Image.open(five)) {
            assertArrayEquals(raw.metadata().shape(), all.metadata().shape());
            assertEquals(raw.metadata().channelNames(), all.metadata().channelNames());
            assertArrayEquals(Samples.voxels(raw.channel(0)), Samples.voxels(all.channel(0)));
            assertArrayEquals(Samples.voxels(alone), Samples.voxels(all.channel(1)));
            for (int level = 1; level < all.source().levels().size(); level++) {
                assertEquals(
                        raw.metadata().shape()[raw.metadata().indexOf(Axis.C)],
                        all.level(level).metadata().shape()[all.metadata().indexOf(Axis.C)]);
            }
        }
        Path groups = folder.resolve("groups.ome.zarr");
        Run.of(
                        "process",
                        five,
                        groups,
                        "--plugin=gaussian",
                        "-psigma=2",
                        "--on-channels=1",
                        "--plugin=background",
                        "--on-channels=0",
                        "--downsample-factor=2")
                .done();
        try (Image both = Image.open(groups)) {
            assertArrayEquals(Samples.voxels(alone), Samples.voxels(both.channel(1)));
            Path recipe = folder.resolve("groups.json");
            Files.writeString(recipe, Run.of("info", groups, "--recipe").done().out());
            Run.of("run", recipe, five, "--output-dir", folder.resolve("again")).done();
            assertArrayEquals(Samples.voxels(both), Samples.voxels(folder.resolve("again/five_corrected.ome.zarr")));
        }
        Run.of("process", five, output, "--plugin=gaussian", "--on-channels=3")
                .refused(1, List.of("--on-channels: found 3", "0 to 2"));
        Run.of("process", five, output, "--plugin=gaussian", "--on-channels=x")
                .refused(1, List.of("--on-channels: found 'x'"));
        Run.of("process", five, output, "--on-channels=0", "--plugin=gaussian").refused(2, List.of("--on-channels"));
    }

    /** A channel's field may be that of another, which itself is kept; the image given may have a channel for each. */
    @Test
    void aChannelIsCorrectedByTheFieldOfAnother() throws Exception {
        Path five = Samples.fiveAxes(folder);
        Path all = folder.resolve("all.ome.zarr");
        Path fields = folder.resolve("fields.ome.zarr");
        String[] options = {"--plugin=gaussian", "-psigma=2", "--downsample-factor=2"};
        Run.of(
                        "process",
                        five,
                        all,
                        options[0],
                        options[1],
                        options[2],
                        "--estimate-from=channel=2",
                        "--save-field",
                        fields)
                .done();
        Path some = folder.resolve("some.ome.zarr");
        Path itsField = folder.resolve("its-field.ome.zarr");
        Run.of(
                        "process",
                        five,
                        some,
                        options[0],
                        options[1],
                        options[2],
                        "--estimate-from=channel=2",
                        "--on-channels=1",
                        "--save-field",
                        itsField)
                .done();
        try (Image raw = Image.open(five);
                Image shared = Image.open(all);
                Image one = Image.open(some);
                Image field = Image.open(itsField)) {
            assertArrayEquals(Samples.voxels(shared.channel(1)), Samples.voxels(one.channel(1)));
            assertArrayEquals(Samples.voxels(raw.channel(0)), Samples.voxels(one.channel(0)));
            assertArrayEquals(Samples.voxels(raw.channel(2)), Samples.voxels(one.channel(2)));
            assertEquals(1, field.metadata().shape()[field.metadata().indexOf(Axis.C)]);
            try (Image expected = Image.open(fields)) {
                assertArrayEquals(Samples.voxels(expected.channel(1)), Samples.voxels(field));
            }
            try (Image again = Image.fromJson(one.toJson(), Execution.standard())) {
                assertArrayEquals(Samples.voxels(one), Samples.voxels(again));
            }
        }
        Run.of("process", five, all, options[0], options[1], options[2], "--estimate-from", five, "--overwrite")
                .done();
        Run.of(
                        "process",
                        five,
                        some,
                        options[0],
                        options[1],
                        options[2],
                        "--estimate-from",
                        five,
                        "--on-channels=2,0",
                        "--apply-mask",
                        fields,
                        "--overwrite")
                .done();
        Path masked = folder.resolve("masked.ome.zarr");
        Run.of(
                        "process",
                        five,
                        masked,
                        options[0],
                        options[1],
                        options[2],
                        "--estimate-from",
                        five,
                        "--apply-mask",
                        fields)
                .done();
        try (Image shared = Image.open(masked);
                Image two = Image.open(some)) {
            assertArrayEquals(Samples.voxels(shared.channel(2)), Samples.voxels(two.channel(2)));
            assertArrayEquals(Samples.voxels(shared.channel(0)), Samples.voxels(two.channel(0)));
        }
    }

    @Test
    void anOffsetIsTakenOffBeforeAnythingElse() throws Exception {
        Run.of("subtract", input, output, "--value", "12.5").done();
        double[] raw = Samples.voxels(input);
        assertArrayEquals(Arrays.stream(raw).map(v -> v - 12.5).toArray(), Samples.voxels(output), 1e-4);
        Path one = folder.resolve("one.nii");
        Path two = folder.resolve("two.nii");
        Run.of("process", input, one, "--plugin", "gaussian", "--subtract", "12.5")
                .done();
        Run.of("process", output, two, "--plugin", "gaussian").done();
        assertArrayEquals(Samples.voxels(two), Samples.voxels(one));
    }

    @Test
    void aFieldThatChangesIsNoticedByTheRecipe() throws Exception {
        Files.copy(input, field);
        String recipe;
        try (Image image = Image.open(input)) {
            recipe = image.apply(new ApplyField(field.toString()), Execution.standard())
                    .toJson();
        }
        Run.of("downsample", input, field, "--factor", "2", "--overwrite").done();
        Exception refused = assertThrows(Exception.class, () -> Image.fromJson(recipe, Execution.standard()));
        assertTrue(refused.getMessage().contains(field.toString()), refused::getMessage);
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        Run.of("apply", input, output).refused(2, List.of("--field"));
        Run.of("apply", input, output, "--field", folder.resolve("none.nii"))
                .refused(1, List.of("--field: found", "none.nii", "not there"));
        Run.of("apply", input, output, "--field", input, "--by", "divde").refused(2, List.of("--by", "divide"));
        Run.of("subtract", input, output, "--value", "many").refused(2, List.of("--value", "many"));
        Run.of("process", input, output, "--plugin", "n4", "--subtract", "NaN").refused(2, List.of("--subtract"));
        Run.of("apply", input, input, "--field", input, "--overwrite").refused(1, List.of("sample.nii"));
        assertTrue(Files.notExists(output));
    }
}
