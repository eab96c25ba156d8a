package org.scaledimaging.plugins.n4;

import java.util.List;
import java.util.Random;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.LowResolutionImage;

/** Small images made for tests. */
public final class Volumes {
    private static final Axis[] AXES = {Axis.Z, Axis.Y, Axis.X};

    private Volumes() {}

    /** Voxels 4 mm wide along each of the last so many of z, y, x. */
    public static ImageMetadata metadata(long... shape) {
        Dimension[] dimensions = new Dimension[shape.length];
        for (int d = 0; d < shape.length; d++) {
            dimensions[d] = new Dimension(AXES[3 - shape.length + d], shape[d], 4, "millimeter", 0);
        }
        return ImageMetadata.of("test", PixelType.FLOAT32, dimensions);
    }

    /** A low-resolution image that is as fine as the full-resolution one. */
    static LowResolutionImage image(float[] voxels, long... shape) {
        ImageMetadata metadata = metadata(shape);
        int[] ones = new int[shape.length];
        java.util.Arrays.fill(ones, 1);
        return new LowResolutionImage(metadata, block(voxels, shape), ones, metadata);
    }

    /** A low-resolution image of a full-resolution one of that shape. */
    static LowResolutionImage image(float[] voxels, int[] factors, long... fullShape) {
        ImageMetadata full = metadata(fullShape);
        ImageMetadata low = full.downsampled(factors);
        return new LowResolutionImage(low, block(voxels, low.shape()), factors, full);
    }

    private static Block block(float[] voxels, long... shape) {
        return new Block(PixelType.FLOAT32, Interval.ofShape(shape), voxels.clone());
    }

    /** Two kinds of tissue in a ball, noise, nothing around, all times a smooth field. */
    record Phantom(int edge, float[] voxels, float[] logField, boolean[] bright) {
        static Phantom of(int edge) {
            int size = edge * edge * edge;
            Phantom phantom = new Phantom(edge, new float[size], new float[size], new boolean[size]);
            Random random = new Random(7);
            int at = 0;
            for (int z = 0; z < edge; z++) {
                for (int y = 0; y < edge; y++) {
                    for (int x = 0; x < edge; x++) {
                        double a = 2.0 * x / (edge - 1) - 1;
                        double b = 2.0 * y / (edge - 1) - 1;
                        double c = 2.0 * z / (edge - 1) - 1;
                        double field = 0.3 * a - 0.2 * b * b + 0.15 * c;
                        double radius = Math.sqrt(a * a + b * b + c * c);
                        boolean bright = radius < 0.9 && Math.sin(9 * a) * Math.sin(8 * b + 1) * Math.cos(7 * c) > 0;
                        double tissue = radius > 0.9 ? 0 : (bright ? 120 : 70) + 2 * random.nextGaussian();
                        phantom.voxels[at] = (float) (tissue * Math.exp(field));
                        phantom.logField[at] = (float) field;
                        phantom.bright[at++] = bright;
                    }
                }
            }
            return phantom;
        }

        LowResolutionImage image() {
            return Volumes.image(voxels, edge, edge, edge);
        }

        /** The coefficient of variation of the bright tissue, divided by a field. */
        double variation(float[] field) {
            return Volumes.variation(voxels, field, bright);
        }
    }

    /** Standard deviation over mean of voxels in a mask, divided by a field. */
    static double variation(float[] voxels, float[] field, boolean[] mask) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < voxels.length; i++) {
            if (mask[i]) {
                double value = voxels[i] / field[i];
                sum += value;
                squares += value * value;
                count++;
            }
        }
        double mean = sum / count;
        return Math.sqrt(squares / count - mean * mean) / mean;
    }

    /** An image in memory. */
    record InMemory(ImageMetadata metadata, float[] voxels) implements ImageSource {
        @Override
        public int[] chunkShape() {
            return java.util.stream.LongStream.of(metadata.shape())
                    .mapToInt(length -> (int) Math.min(5, length))
                    .toArray();
        }

        @Override
        public void read(Block target) {
            target.copyFrom(new Block(PixelType.FLOAT32, metadata.interval(), voxels));
        }

        @Override
        public List<ImageSource> levels() {
            return List.of(this);
        }
    }

    /** How alike two fields are where a mask is. */
    static double correlation(float[] one, float[] other, boolean[] mask) {
        double n = 0;
        double sumOne = 0;
        double sumOther = 0;
        double squaresOne = 0;
        double squaresOther = 0;
        double products = 0;
        for (int i = 0; i < one.length; i++) {
            if (mask[i]) {
                n++;
                sumOne += one[i];
                sumOther += other[i];
                squaresOne += (double) one[i] * one[i];
                squaresOther += (double) other[i] * other[i];
                products += (double) one[i] * other[i];
            }
        }
        double covariance = products - sumOne * sumOther / n;
        return covariance / Math.sqrt((squaresOne - sumOne * sumOne / n) * (squaresOther - sumOther * sumOther / n));
    }

    /** The standard deviation of the difference of two fields where a mask is. */
    static double deviation(float[] one, float[] other, boolean[] mask) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < one.length; i++) {
            if (mask[i]) {
                double difference = one[i] - other[i];
                sum += difference;
                squares += difference * difference;
                count++;
            }
        }
        return Math.sqrt(squares / count - sum / count * (sum / count));
    }

    /** The log field that docs/sample/biased.nii.gz was made with: x, y, z go from -1 to 1 over the image. */
    static float[] knownField(ImageMetadata image) {
        long[] shape = image.shape();
        float[] field = new float[(int) (shape[0] * shape[1] * shape[2])];
        for (int i = 0; i < field.length; i++) {
            double x = 2.0 * (i % shape[2]) / (shape[2] - 1) - 1;
            double y = 2.0 * (i / shape[2] % shape[1]) / (shape[1] - 1) - 1;
            double z = 2.0 * (i / shape[2] / shape[1]) / (shape[0] - 1) - 1;
            field[i] = (float) (0.35 * x - 0.3 * y + 0.25 * x * z);
        }
        return field;
    }
}
