package org.scaledimaging.benchmarks;

import java.nio.file.Path;
import java.util.Random;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.nifti.NiftiReader;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * A volume whose bias field is known, axes z, y, x.
 *
 * @param voxels what was measured
 * @param logField the log of the field that it was multiplied by
 * @param object where the field can be told from the voxels
 */
record StudyVolume(String name, ImageMetadata metadata, float[] voxels, float[] logField, boolean[] object)
        implements ImageSource {

    /** A value for each place; x, y, z go from -1 to 1 over the volume. */
    @FunctionalInterface
    interface Formula {
        double at(double x, double y, double z);
    }

    @Override
    public int[] chunkShape() {
        return new int[] {64, 64, 64};
    }

    @Override
    public void read(Block target) {
        target.copyFrom(new Block(PixelType.FLOAT32, metadata.interval(), voxels));
    }

    /** A head of which the intensity is multiplied by a smooth field; the object is what is brighter than 30. */
    static StudyVolume head(Path sample, String name, Formula logField) throws Exception {
        try (ImageSource source = new NiftiReader().open(sample)) {
            ImageMetadata metadata = source.metadata().withPixelType(PixelType.FLOAT32);
            float[] voxels = (float[])
                    source.read(metadata.interval()).convert(PixelType.FLOAT32).voxels();
            boolean[] object = new boolean[voxels.length];
            for (int i = 0; i < voxels.length; i++) {
                object[i] = voxels[i] > 30;
            }
            float[] field = values(metadata, logField);
            float[] head = voxels.clone();
            int[] at = {0};
            values(metadata, (x, y, z) -> {
                voxels[at[0]] = (float) Math.rint(8 * head[at[0]] * Math.exp(logField.at(x, y, z)));
                return at[0]++;
            });
            return new StudyVolume(name, metadata, voxels, field, object);
        }
    }

    /** The same with another background than a field would give: none, or one that the field does not reach. */
    StudyVolume withBackground(String newName, StudyVolume other) {
        float[] mixed = voxels.clone();
        for (int i = 0; i < mixed.length; i++) {
            if (!object[i]) {
                mixed[i] = other == null ? 0 : other.voxels[i];
            }
        }
        return new StudyVolume(newName, metadata, mixed, logField, object);
    }

    /** The means of so many slices each, along z. */
    StudyVolume thickSlices(String newName, int slices) {
        long[] shape = metadata.shape();
        int plane = (int) (shape[1] * shape[2]);
        int thick = (int) (shape[0] / slices);
        float[] means = new float[thick * plane];
        float[] field = new float[means.length];
        boolean[] inside = new boolean[means.length];
        for (int i = 0; i < means.length; i++) {
            int from = i / plane * slices * plane + i % plane;
            int objects = 0;
            for (int slice = 0; slice < slices; slice++) {
                means[i] += voxels[from + slice * plane] / slices;
                field[i] += logField[from + slice * plane] / slices;
                objects += object[from + slice * plane] ? 1 : 0;
            }
            inside[i] = objects == slices;
        }
        ImageMetadata thickened = metadata.resampled(
                new long[] {thick, shape[1], shape[2]}, new double[] {slices, 1, 1}, new double[] {0, 0, 0});
        return new StudyVolume(newName, thickened, means, field, inside);
    }

    StudyVolume withUnit(String newName, double voxelSize, String unit) {
        Dimension[] dimensions = new Dimension[3];
        for (int d = 0; d < 3; d++) {
            Dimension dimension = metadata.dimensions().get(d);
            dimensions[d] = new Dimension(dimension.axis(), dimension.length(), voxelSize, unit, 0);
        }
        ImageMetadata renamed = ImageMetadata.of(newName, PixelType.FLOAT32, dimensions);
        return new StudyVolume(newName, renamed, voxels, logField, object);
    }

    /** A bright core in a ball in a dim surrounding, all of it biased, with 2 % of noise. */
    static StudyVolume phantom(String name, double voxelSize, String unit) {
        ImageMetadata metadata = metadata(name, new long[] {48, 48, 48}, voxelSize, voxelSize, unit);
        float[] field = values(metadata, (x, y, z) -> 0.4 * x - 0.3 * y * z);
        float[] radius = values(metadata, (x, y, z) -> x * x + y * y + z * z);
        Random random = new Random(1);
        float[] voxels = new float[field.length];
        boolean[] object = new boolean[field.length];
        for (int i = 0; i < voxels.length; i++) {
            object[i] = radius[i] < 0.8;
            double tissue = (object[i] ? 1000 : 100) + (radius[i] < 0.3 ? 600 : 0);
            voxels[i] = (float) (tissue * Math.exp(field[i]) * (1 + 0.02 * random.nextGaussian()));
        }
        return new StudyVolume(name, metadata, voxels, field, object);
    }

    /**
     * Few bright round objects of different brightness in tissue that hardly shines, in the dark; the light decays along x
     * and is weaker towards the ends of y.
     *
     * @param offset what the camera adds to everything
     */
    static StudyVolume lightSheet(String name, double offset) {
        long[] shape = {64, 128, 128};
        ImageMetadata metadata = metadata(name, shape, 5, 1.3, "micrometer");
        float[] field = values(metadata, (x, y, z) -> -0.6 * x - 0.3 * y * y);
        float[] signal = values(metadata, (x, y, z) -> x * x + y * y + z * z < 0.9 ? 8 : 0);
        boolean[] object = new boolean[field.length];
        Random random = new Random(2);
        for (int number = 0; number < 250; number++) {
            double radius = 3 + 4 * random.nextDouble();
            double brightness = 250 + 60 * random.nextGaussian();
            double[] centre = {64 * random.nextDouble(), 128 * random.nextDouble(), 128 * random.nextDouble()};
            for (int i = 0; i < signal.length; i++) {
                double z = (i / (128 * 128) - centre[0]) * 5 / 1.3;
                double y = i / 128 % 128 - centre[1];
                double x = i % 128 - centre[2];
                double distance = Math.sqrt(x * x + y * y + z * z);
                if (distance < radius + 2) {
                    double edge = 1 / (1 + Math.exp(2 * (distance - radius)));
                    signal[i] = (float) Math.max(signal[i], brightness * edge);
                    object[i] |= distance < radius;
                }
            }
        }
        float[] voxels = new float[signal.length];
        for (int i = 0; i < voxels.length; i++) {
            double light = signal[i] * Math.exp(field[i]);
            voxels[i] = (float) Math.max(0, Math.rint(offset + light + Math.sqrt(4 + light) * random.nextGaussian()));
        }
        return new StudyVolume(name, metadata, voxels, field, object);
    }

    static StudyVolume constant(double value) {
        ImageMetadata metadata = metadata("constant", new long[] {40, 40, 40}, 1, 1, "millimeter");
        boolean[] object = new boolean[40 * 40 * 40];
        java.util.Arrays.fill(object, true);
        return new StudyVolume(
                "constant", metadata, values(metadata, (x, y, z) -> value), values(metadata, (x, y, z) -> 0), object);
    }

    private static ImageMetadata metadata(String name, long[] shape, double sizeZ, double size, String unit) {
        return ImageMetadata.of(
                name,
                PixelType.FLOAT32,
                new Dimension(Axis.Z, shape[0], sizeZ, unit, 0),
                new Dimension(Axis.Y, shape[1], size, unit, 0),
                new Dimension(Axis.X, shape[2], size, unit, 0));
    }

    private static float[] values(ImageMetadata metadata, Formula formula) {
        int[] shape = new int[3];
        for (int d = 0; d < 3; d++) {
            shape[d] = Math.toIntExact(metadata.dimensions().get(d).length());
        }
        float[] values = new float[shape[0] * shape[1] * shape[2]];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) formula.at(
                    place(i % shape[2], shape[2]),
                    place(i / shape[2] % shape[1], shape[1]),
                    place(i / shape[2] / shape[1], shape[0]));
        }
        return values;
    }

    private static double place(int index, int length) {
        return index * (2.0 / (length - 1)) - 1;
    }

    /** What the log of a field has to do with the true one, where the object is. */
    record Figures(double imposed, double residual, double correlation, double lowest, double highest) {}

    Figures compare(float[] found) {
        double n = 0;
        double[] sums = new double[2];
        double[] squares = new double[2];
        double products = 0;
        double lowest = Double.MAX_VALUE;
        double highest = 0;
        for (int i = 0; i < found.length; i++) {
            lowest = Math.min(lowest, found[i]);
            highest = Math.max(highest, found[i]);
            if (object[i]) {
                double log = Math.log(found[i]);
                n++;
                sums[0] += logField[i];
                sums[1] += log;
                squares[0] += (double) logField[i] * logField[i];
                squares[1] += log * log;
                products += logField[i] * log;
            }
        }
        double truth = squares[0] / n - sums[0] / n * (sums[0] / n);
        double mine = squares[1] / n - sums[1] / n * (sums[1] / n);
        double covariance = products / n - sums[0] / n * (sums[1] / n);
        return new Figures(
                Math.sqrt(Math.max(0, truth)),
                Math.sqrt(Math.max(0, truth + mine - 2 * covariance)),
                covariance / Math.sqrt(truth * mine),
                lowest,
                highest);
    }
}
