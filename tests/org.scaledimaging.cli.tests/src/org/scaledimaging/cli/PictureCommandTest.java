package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.terminal.Exit;

/** Pictures as users ask for them. */
class PictureCommandTest {
    @TempDir
    Path folder;

    private Path input;
    private Path png;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder); // 20 x 24 x 28 voxels of 3 x 2 x 1 mm: 60, 48, 28 mm
        png = folder.resolve("out.png");
    }

    private byte[] bytes(Object... options) throws IOException {
        Object[] arguments = new Object[options.length + 4];
        arguments[0] = "picture";
        arguments[1] = input;
        arguments[2] = png;
        arguments[3] = "--overwrite";
        System.arraycopy(options, 0, arguments, 4, options.length);
        Run.of(arguments).done();
        return Files.readAllBytes(png);
    }

    private static BufferedImage decoded(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Test
    void threeSlicesThroughTheMiddleUnlessAskedOtherwise() throws Exception {
        byte[] middle = bytes("--size", 120);
        assertArrayEquals(middle, bytes("--size", 120, "--slice=z=10", "--slice=y=12", "--slice=x=14"));
        assertArrayEquals(middle, bytes("--size", 120, "--slice=z=middle", "--slice=y=2.4cm", "--slice=x=14mm"));
        assertArrayEquals(middle, bytes("--size", 120, "--slice=z=30000\u00b5m", "--slice=y=24mm", "--slice=x=14"));
        assertEquals(56 + 4 + 96, decoded(middle).getWidth()); // xz beside zy, both 120 high
        assertArrayEquals(bytes("--projection"), bytes("--slice=z=max", "--slice=y=max", "--slice=x=max"));
    }

    @Test
    void aWindowOfValuesIsBlackBelowAndBrightestAbove() throws Exception {
        BufferedImage dark = decoded(bytes("--slice=z=3", "--size", 48, "--window", "70000..80000"));
        BufferedImage bright = decoded(bytes("--slice=z=3", "--size", 48, "--window", "-2..-1"));
        assertEquals(0xFF000000, dark.getRGB(20, 10));
        assertEquals(0xFFFFFFFF, bright.getRGB(20, 10));
    }

    @Test
    void standardOutputGetsTheBytesOfTheFile() throws Exception {
        byte[] file = bytes("--field", "--size", 100);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] arguments = {"picture", input.toString(), "-", "--field", "--size", "100", "--quiet"};
        assertEquals(0, Main.run(new PrintStream(out), System.err, () -> false, arguments));
        assertArrayEquals(file, out.toByteArray());
    }

    @Test
    void labelsAreDrawnOver() throws Exception {
        Path labels = folder.resolve("labels.nii.gz");
        Run.of("segment", input, labels).done();
        BufferedImage over = decoded(bytes("--labels", labels));
        boolean coloured = false;
        for (int x = 0; x < over.getWidth(); x++) {
            int rgb = over.getRGB(x, 20);
            coloured |= (rgb & 0xFF) != (rgb >> 8 & 0xFF);
        }
        assertTrue(coloured);
        Path cropped = folder.resolve("cropped.nii.gz");
        Run.of("crop", labels, cropped, "--from", "0,0,0", "--to", "5,24,28").done();
        Run.of("picture", input, png, "--overwrite", "--labels", cropped)
                .refused(Exit.FAILED, List.of("--labels: found 5 voxels along z", "expected 20"));
    }

    @Test
    void channelsAndTimePointsAreChosen() throws Exception {
        Path five = Samples.fiveAxes(folder);
        Run.of("picture", five, png, "--channel", "0,2", "--time", 1).done();
        assertEquals(3, decoded(Files.readAllBytes(png)).getColorModel().getNumColorComponents());
        Run.of("picture", five, png, "--overwrite", "--channel", 3)
                .refused(Exit.FAILED, List.of("--channel: found 3, expected 0 to 2"));
        Run.of("picture", five, png, "--overwrite", "--time", 2)
                .refused(Exit.FAILED, List.of("--time: found 2, expected 0 to 1"));
    }

    @Test
    void whatCannotBeIsSaidInOneSentence() throws Exception {
        Run.of("picture", input, folder.resolve("out.jpg")).refused(Exit.WRONG_USAGE, List.of("out.jpg", ".png"));
        Run.of("picture", input, png, "--slice", "z=20")
                .refused(Exit.FAILED, List.of("--slice: found 'z=20', expected 0 to 19"));
        Run.of("picture", input, png, "--slice", "z=9m")
                .refused(Exit.FAILED, List.of("--slice: found 'z=9m', expected 0 to 57 millimeter"));
        Run.of("picture", input, png, "--slice", "c=1").refused(Exit.WRONG_USAGE, List.of("--slice: found 'c=1'"));
        Run.of("picture", input, png, "--window", "99,1").refused(Exit.WRONG_USAGE, List.of("--window: found 99,1"));
        Run.of("picture", input, png, "--window", "5..5").refused(Exit.WRONG_USAGE, List.of("--window: found 5..5"));
        Run.of("picture", input, png, "--size", 0).refused(Exit.WRONG_USAGE, List.of("--size: found 0"));
        assertTrue(Files.notExists(png));
        Files.writeString(png, "mine");
        Run.of("picture", input, png).refused(Exit.FAILED, List.of("out.png", "existing"));
        assertEquals("mine", Files.readString(png));
    }
}
