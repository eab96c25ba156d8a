package org.scaledimaging.engine.scaled.lowres;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.BlockBytes;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.target.AtomicTarget;

/**
 * A file of what low-resolution steps yielded: whose estimate it is, and for each volume its low-resolution image and the
 * coefficients of its field, to the bit. Big-endian: magic, version, origin ({@link EstimateOrigin}: texts are a number of
 * bytes and UTF-8, lists a number of elements and the elements), number of volumes; per volume the number of blocks, the low-resolution image
 * first; per block its type, axes, bounds and values; a CRC-32 of all that at the end.
 */
public final class EstimateFile {
    private static final int MAGIC = 0x53494573;
    private static final int VERSION = 2;

    /** @param coefficients as {@link Field#coefficients} gives them */
    public record Volume(Block lowResolution, List<Block> coefficients) {}

    /** Gives one volume after the other. */
    @FunctionalInterface
    public interface Giver {
        /** What was yielded for a volume, by its number from 0. */
        Volume volume(int number) throws IOException;
    }

    /** Takes one volume after the other. */
    @FunctionalInterface
    public interface Taker {
        /** Takes what was yielded for a volume, by its number from 0. */
        void volume(int number, Volume volume) throws IOException;
    }

    /** @param volumes how many there were */
    public record Content(EstimateOrigin origin, int volumes) {}

    private EstimateFile() {}

    /** Writes the file, whole or not at all; one that is there already is replaced. */
    public static void write(Path file, EstimateOrigin origin, int volumes, Giver giver) throws IOException {
        try (AtomicTarget target = AtomicTarget.create(file, true, List.of())) {
            try (DataOutputStream plain =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(target.working())))) {
                CheckedOutputStream checked = new CheckedOutputStream(plain, new CRC32());
                DataOutputStream out = new DataOutputStream(checked);
                out.writeInt(MAGIC);
                out.writeInt(VERSION);
                origin.write(out);
                out.writeInt(volumes);
                for (int number = 0; number < volumes; number++) {
                    Volume volume = giver.volume(number);
                    out.writeInt(1 + volume.coefficients.size());
                    BlockBytes.write(out, volume.lowResolution);
                    for (Block block : volume.coefficients) {
                        BlockBytes.write(out, block);
                    }
                }
                plain.writeLong(checked.getChecksum().getValue());
            }
            target.commit();
        }
    }

    /**
     * Reads the file, a volume at a time.
     *
     * @param taker gets volumes before the file is known to be sound
     * @throws ImageFormatException when the file is damaged, something else, or of another version
     */
    public static Content read(Path file, Taker taker) throws IOException {
        FileState.checkRegular(file);
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
            for (int v = 0; v < count; v++) {
                int blocks = in.readInt();
                check(blocks > 0, file);
                Block lowResolution = read(in, file);
                List<Block> coefficients = new ArrayList<>();
                for (int b = 1; b < blocks; b++) {
                    coefficients.add(read(in, file));
                }
                taker.volume(v, new Volume(lowResolution, coefficients));
            }
            check(checked.getChecksum().getValue() == plain.readLong(), file);
            return new Content(origin, count);
        } catch (EOFException | UTFDataFormatException e) {
            throw damaged(file);
        }
    }

    private static Block read(DataInputStream in, Path file) throws IOException {
        try {
            return BlockBytes.read(in, Files.size(file));
        } catch (StreamCorruptedException e) {
            throw damaged(file);
        }
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
