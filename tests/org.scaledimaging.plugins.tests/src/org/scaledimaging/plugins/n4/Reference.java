package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.PixelType;
import org.scaledimaging.engine.io.nifti.NiftiReader;
import org.scaledimaging.engine.scaled.LowResolutionImage;

/** Log fields that ITK found, which are not part of the repository: tests that need them are skipped where they are absent. */
final class Reference {
    static final Path FOLDER = Path.of(System.getProperty("project.root"), "../shared/reference/n4");

    private Reference() {}

    static void assumePresent() {
        assumeTrue(Files.isDirectory(FOLDER), "Skipped: no reference values at " + FOLDER);
    }

    static Path file(String name) {
        return FOLDER.resolve(name + ".nii.gz");
    }

    static float[] voxels(String name) throws Exception {
        return (float[]) image(name).voxels().voxels();
    }

    /** The image as a low-resolution image that is as fine as the full-resolution one. */
    static LowResolutionImage image(String name) throws Exception {
        try (ImageSource source = new NiftiReader().open(file(name))) {
            ImageMetadata metadata = source.metadata().withPixelType(PixelType.FLOAT32);
            Block block = source.read(metadata.interval()).convert(PixelType.FLOAT32);
            return new LowResolutionImage(metadata, block, new int[] {1, 1, 1}, metadata);
        }
    }

    /** The fitting levels in a log. */
    static List<Estimation.Level> levels(String run) throws Exception {
        List<Estimation.Level> levels = new ArrayList<>();
        Matcher level = Pattern.compile("LEVEL \\d+ iterations (\\d+) convergence (\\S+)")
                .matcher(log(run));
        while (level.find()) {
            levels.add(new Estimation.Level(Integer.parseInt(level.group(1)), 0, Double.parseDouble(level.group(2))));
        }
        return levels;
    }

    /** A list of whole numbers in a log, along z, y, x; null where it has none of that name. */
    static int[] sizes(String run, String name) throws Exception {
        Matcher list = Pattern.compile(name + " \\[(\\d+), (\\d+), (\\d+)]").matcher(log(run));
        if (!list.find()) {
            return null;
        }
        return new int[] {
            Integer.parseInt(list.group(3)), Integer.parseInt(list.group(2)), Integer.parseInt(list.group(1))
        };
    }

    private static String log(String run) throws Exception {
        return Files.readString(FOLDER.resolve(run + ".log"));
    }
}
