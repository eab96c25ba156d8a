package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.nifti.NiftiReader;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.LowResolutionImage;

/** Images, log fields that ITK found on them, and what it printed. */
record Reference(Path folder) {
    /** Of a brain that is not part of the repository: tests that need it are skipped where it is absent. */
    static final Reference BRAIN = new Reference(Path.of(System.getProperty("project.root"), "../shared/reference/n4"));

    /** Of the project's sample, every third voxel along each axis. */
    static final Reference SAMPLE = new Reference(
            Path.of(System.getProperty("project.root"), "tests/org.scaledimaging.plugins.tests/resources/n4"));

    void assumePresent() {
        assumeTrue(Files.isDirectory(folder), "Skipped: no reference values at " + folder);
    }

    Path file(String name) {
        return folder.resolve(name + ".nii.gz");
    }

    float[] voxels(String name) throws Exception {
        return (float[]) image(name).voxels().voxels();
    }

    /** The image as a low-resolution image that is as fine as the full-resolution one. */
    LowResolutionImage image(String name) throws Exception {
        return image(file(name));
    }

    static LowResolutionImage image(Path file) throws Exception {
        try (ImageSource source = new NiftiReader().open(file)) {
            ImageMetadata metadata = source.metadata().withPixelType(PixelType.FLOAT32);
            Block block = source.read(metadata.interval()).convert(PixelType.FLOAT32);
            return new LowResolutionImage(metadata, block, new int[] {1, 1, 1}, metadata);
        }
    }

    /** The fitting levels in a log. */
    List<Estimation.Level> levels(String run) throws Exception {
        List<Estimation.Level> levels = new ArrayList<>();
        Matcher level = Pattern.compile("LEVEL \\d+ iterations (\\d+) convergence (\\S+)")
                .matcher(log(run));
        while (level.find()) {
            levels.add(new Estimation.Level(
                    Integer.parseInt(level.group(1)), 0, List.of(Double.parseDouble(level.group(2)))));
        }
        return levels;
    }

    /** A list of whole numbers in a log, along z, y, x; null where it has none of that name. */
    int[] sizes(String run, String name) throws Exception {
        Matcher list = Pattern.compile(name + " \\[(\\d+), (\\d+), (\\d+)]").matcher(log(run));
        if (!list.find()) {
            return null;
        }
        return new int[] {
            Integer.parseInt(list.group(3)), Integer.parseInt(list.group(2)), Integer.parseInt(list.group(1))
        };
    }

    private String log(String run) throws Exception {
        return Files.readString(folder.resolve(run + ".log"));
    }
}
