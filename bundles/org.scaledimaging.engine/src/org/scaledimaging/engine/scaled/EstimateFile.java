package org.scaledimaging.engine.scaled;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageFormatException;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.PixelType;
import org.scaledimaging.engine.io.AtomicTarget;

/**
 * A file of what low-resolution steps yielded: whose estimate it is, and for each volume its low-resolution image and the
 * coefficients of its field, to the bit. Big-endian: magic, version, origin ({@link EstimateOrigin}: texts are a number of
 * bytes and UTF-8, lists a number of elements and the elements), number of volumes; per volume the number of blocks, the low-resolution image
 * first; per block its type, axes, bounds and values; a CRC-32 of all that at the end.
 */
final class EstimateFile {
    private static final int MAGIC = 0x53494573;
    private static final int VERSION = 2;
    private static final int VALUES_AT_ONCE = 1 << 13;
    private static final int MOST_AXES = 8;

    /** @param coefficients as {@link Field#coefficients} gives them */
    record Volume(Block lowResolution, List<Block> coefficients) {}

    /** @param volumes one or more */
    record Estimate(EstimateOrigin origin, List<Volume> volumes) {}

    private EstimateFile() {}

    /** Writes the file, whole or not at all; one that is there already is replaced. */
    static void write(Path file, Estimate estimate) throws IOException {
        try (AtomicTarget target = AtomicTarget.create(file, true, List.of())) {
            try (DataOutputStream plain =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(target.working())))) {
                CheckedOutputStream checked = new CheckedOutputStream(plain, new CRC32());
                DataOutputStream out = new DataOutputStream(checked);
                out.writeInt(MAGIC);
                out.writeInt(VERSION);
                estimate.origin.write(out);
                out.writeInt(estimate.volumes.size());
                for (Volume volume : estimate.volumes) {
                    out.writeInt(1 + volume.coefficients.size());
                    write(out, volume.lowResolution);
                    for (Block block : volume.coefficients) {
                        write(out, block);
                    }
                }
                plain.writeLong(checked.getChecksum().getValue());
            }
            target.commit();
        }
    }

    private static void write(DataOutputStream out, Block block) throws IOException {
        Interval interval = block.interval();
        out.writeUTF(block.pixelType().label());
        out.writeInt(interval.axes());
        for (int d = 0; d < interval.axes(); d++) {
            out.writeLong(interval.min(d));
            out.writeLong(interval.max(d));
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(VALUES_AT_ONCE * block.pixelType().bytes());
        for (int done = 0; done < block.size(); done += VALUES_AT_ONCE) {
            int count = Math.min(VALUES_AT_ONCE, block.size() - done);
            switch (block.pixelType()) {
                case FLOAT32 -> bytes.asFloatBuffer().put((float[]) block.voxels(), done, count);
                case FLOAT64 -> bytes.asDoubleBuffer().put((double[]) block.voxels(), done, count);
                default -> throw new IllegalArgumentException("coefficients of type " + block.pixelType());
            }
            out.write(bytes.array(), 0, count * block.pixelType().bytes());
        }
    }

    /** @throws ImageFormatException when the file is damaged, something else, or of another version */
    static Estimate read(Path file) throws IOException {
        try (DataInputStream plain = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            CheckedInputStream checked = new CheckedInputStream(plain, new CRC32());
            DataInputStream in = new DataInputStream(checked);
            check(in.readInt() == MAGIC, file);
            int version = in.readInt();
            if (version != VERSION) {
                throw new ImageFormatException(file, "an estimate of version " + version, "version " + VERSION);
            }
            EstimateOrigin origin = EstimateOrigin.read(in, file);
            int count = in.readInt();
            check(count > 0, file);
            List<Volume> volumes = new ArrayList<>();
            for (int v = 0; v < count; v++) {
                int blocks = in.readInt();
                check(blocks > 0, file);
                Block lowResolution = read(in, file);
                List<Block> coefficients = new ArrayList<>();
                for (int b = 1; b < blocks; b++) {
                    coefficients.add(read(in, file));
                }
                volumes.add(new Volume(lowResolution, coefficients));
            }
            check(checked.getChecksum().getValue() == plain.readLong(), file);
            return new Estimate(origin, volumes);
        } catch (EOFException | UTFDataFormatException e) {
            throw damaged(file);
        }
    }

    private static Block read(DataInputStream in, Path file) throws IOException {
        PixelType type = PixelType.ofLabel(in.readUTF()).orElseThrow(() -> damaged(file));
        int axes = in.readInt();
        check(axes > 0 && axes <= MOST_AXES && !type.isInteger(), file);
        long[] min = new long[axes];
        long[] max = new long[axes];
        double size = 1;
        for (int d = 0; d < axes; d++) {
            min[d] = in.readLong();
            max[d] = in.readLong();
            check(min[d] >= 0 && max[d] > min[d], file); // an empty axis would hide how long others are
            size *= max[d] - min[d];
        }
        check(size * type.bytes() <= Files.size(file), file);
        Block block = Block.allocate(type, Interval.between(min, max));
        byte[] bytes = new byte[VALUES_AT_ONCE * type.bytes()];
        for (int done = 0; done < block.size(); done += VALUES_AT_ONCE) {
            int count = Math.min(VALUES_AT_ONCE, block.size() - done);
            in.readFully(bytes, 0, count * type.bytes());
            if (type == PixelType.FLOAT32) {
                ByteBuffer.wrap(bytes).asFloatBuffer().get((float[]) block.voxels(), done, count);
            } else {
                ByteBuffer.wrap(bytes).asDoubleBuffer().get((double[]) block.voxels(), done, count);
            }
        }
        return block;
    }

    static void check(boolean holds, Path file) throws ImageFormatException {
        if (!holds) {
            throw damaged(file);
        }
    }

    private static ImageFormatException damaged(Path file) {
        return new ImageFormatException(file, "a damaged file", "what a low-resolution step yielded");
    }
}
