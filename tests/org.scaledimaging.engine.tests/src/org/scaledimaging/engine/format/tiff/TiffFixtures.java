package org.scaledimaging.engine.format.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Fixtures;
import org.scaledimaging.engine.image.ImageSource;

/** Files that other programs wrote, as write_tiff.py beside them says. */
public final class TiffFixtures {
    private TiffFixtures() {}

    /** What an independent reader finds in a file, at one of its resolutions. */
    record Expected(String file, int level, String axes, String shape, String type, String crc) {
        @Override
        public String toString() {
            return file + (level == 0 ? "" : " level " + level);
        }
    }

    static Path path(String name) {
        return Fixtures.folder("tiff").resolve(name);
    }

    static ImageSource open(String name) throws IOException {
        return new TiffReader().open(path(name));
    }

    static List<Expected> expected() throws IOException {
        return Files.readAllLines(path("expected.txt")).stream()
                .map(line -> {
                    String[] words = line.split(" ");
                    String[] place = words[0].split("#");
                    int level = place.length > 1 ? Integer.parseInt(place[1]) : 0;
                    return new Expected(place[0], level, words[1], words[2], words[3], words[4]);
                })
                .toList();
    }

    /** The checksum of voxels in their own type, little-endian. */
    public static String crc(Block block) {
        int width = block.pixelType().bytes();
        ByteBuffer bytes = ByteBuffer.allocate(block.size() * width).order(ByteOrder.LITTLE_ENDIAN);
        Object voxels = block.voxels();
        for (int i = 0; i < block.size(); i++) {
            if (voxels instanceof byte[] array) {
                bytes.put(array[i]);
            } else if (voxels instanceof short[] array) {
                bytes.putShort(array[i]);
            } else if (voxels instanceof int[] array) {
                bytes.putInt(array[i]);
            } else if (voxels instanceof long[] array) {
                bytes.putLong(array[i]);
            } else if (voxels instanceof float[] array) {
                bytes.putFloat(array[i]);
            } else {
                bytes.putDouble(((double[]) voxels)[i]);
            }
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.flip());
        return "%08x".formatted(crc.getValue());
    }

    static double[] doubles(Block block) {
        double[] values = new double[block.size()];
        PixelConversion.convert(block.pixelType(), block.voxels(), PixelType.FLOAT64, values, values.length);
        return values;
    }

    /** Twenty parts of an image, each read alone, are as in all of it. */
    public static void checkParts(ImageSource image, Random random) throws IOException {
        Block all = image.read(image.metadata().interval());
        long[] shape = image.metadata().shape();
        for (int i = 0; i < 20; i++) {
            long[] min = new long[shape.length];
            long[] max = new long[shape.length];
            for (int d = 0; d < shape.length; d++) {
                min[d] = random.nextInt((int) shape[d]);
                max[d] = min[d] + 1 + random.nextInt((int) (shape[d] - min[d]));
            }
            Interval part = Interval.between(min, max);
            Block wanted = Block.allocate(all.pixelType(), part);
            wanted.copyFrom(all);
            assertEquals(crc(wanted), crc(image.read(part)), part::toString);
        }
    }
}
