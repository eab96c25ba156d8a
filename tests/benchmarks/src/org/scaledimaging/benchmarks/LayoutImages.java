package org.scaledimaging.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/** The same voxels in files of many layouts, made once. */
final class LayoutImages {
    private static final int STRIP_ROWS = 32;
    private static final int TILE = 256;

    private LayoutImages() {}

    /** The image in a layout; null where that cannot be had of an image so large. */
    static Path make(long[] shape, String layout, Path folder) throws Exception {
        Phantom image = new Phantom(shape[0], shape[1], shape[2]);
        boolean zarr = Character.isDigit(layout.charAt(0)) || layout.equals("whole");
        Path path = folder.resolve(
                zarr ? layout.replace('/', '-') + ".ome.zarr" : "image-" + layout.replace("nii", ".nii"));
        if (Files.exists(path)) {
            return path;
        }
        if (layout.endsWith(".tif")) {
            Path making = path.resolveSibling(path.getFileName() + ".making"); // so that half a file is none
            Files.deleteIfExists(making);
            tiff(image, making, layout.startsWith("tiles"));
            Files.move(making, path);
        } else if (zarr) {
            String[] parts = layout.split("/");
            int[] chunks = layout.equals("whole")
                    ? Arrays.stream(shape).mapToInt(Math::toIntExact).toArray()
                    : Arrays.stream(parts[0].split("x"))
                            .mapToInt(Integer::parseInt)
                            .toArray();
            long bytes = 2;
            for (int d = 0; d < chunks.length; d++) {
                bytes *= Math.min(chunks[d], shape[d]);
            }
            if (bytes > 1L << 30) {
                return null;
            }
            OmeZarrWriteOptions options =
                    OmeZarrWriteOptions.defaults().withChunks(chunks).withLevels(1);
            if (parts.length > 1) {
                options = options.withShards(Integer.parseInt(parts[1]));
            }
            Image.of(image).saveOmeZarr(path, options, Execution.standard());
        } else {
            Image.of(image).saveNifti(path);
        }
        return path;
    }

    /** A BigTIFF of one page a plane, deflated, in strips or tiles. */
    private static void tiff(Phantom image, Path path, boolean tiles) throws IOException {
        int height = Math.toIntExact(image.height());
        int width = Math.toIntExact(image.width());
        int rows = tiles ? TILE : STRIP_ROWS;
        int columns = tiles ? TILE : width;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            header.put((byte) 'I')
                    .put((byte) 'I')
                    .putShort((short) 43)
                    .putShort((short) 8)
                    .putShort((short) 0);
            file.write(header.putLong(0).flip());
            long pointer = 8;
            for (long z = 0; z < image.depth(); z++) {
                List<Long> offsets = new ArrayList<>();
                List<Long> lengths = new ArrayList<>();
                for (int y = 0; y < height; y += rows) {
                    for (int x = 0; x < width; x += columns) {
                        byte[] packed = deflated(image, z, y, x, rows, columns);
                        offsets.add(file.position());
                        lengths.add((long) packed.length);
                        file.write(ByteBuffer.wrap(packed));
                    }
                }
                long offsetsAt = list(file, offsets);
                long lengthsAt = list(file, lengths);
                long directory = file.position();
                List<long[]> tags = new ArrayList<>(List.of(
                        new long[] {256, 4, 1, width},
                        new long[] {257, 4, 1, height},
                        new long[] {258, 3, 1, 16},
                        new long[] {259, 3, 1, 8},
                        new long[] {262, 3, 1, 1}));
                if (tiles) {
                    tags.add(new long[] {322, 4, 1, columns});
                    tags.add(new long[] {323, 4, 1, rows});
                    tags.add(new long[] {324, 16, offsets.size(), offsetsAt});
                    tags.add(new long[] {325, 16, lengths.size(), lengthsAt});
                } else {
                    tags.add(new long[] {273, 16, offsets.size(), offsetsAt});
                    tags.add(new long[] {278, 4, 1, rows});
                    tags.add(new long[] {279, 16, lengths.size(), lengthsAt});
                }
                ByteBuffer entries = ByteBuffer.allocate(16 + 20 * tags.size())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(tags.size());
                for (long[] tag : tags) {
                    entries.putShort((short) tag[0])
                            .putShort((short) tag[1])
                            .putLong(tag[2])
                            .putLong(tag[3]);
                }
                file.write(entries.putLong(0).flip());
                ByteBuffer here =
                        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(directory);
                file.write(here.flip(), pointer);
                pointer = file.position() - 8;
            }
        }
    }

    private static long list(FileChannel file, List<Long> values) throws IOException {
        long at = file.position();
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(bytes::putLong);
        file.write(bytes.flip());
        return at;
    }

    /** A strip, cut at the image's end, or a tile, filled with zeros there. */
    private static byte[] deflated(Phantom image, long z, int y, int x, int rows, int columns) {
        int height = (int) Math.min(rows, image.height() - y);
        int width = (int) Math.min(columns, image.width() - x);
        int written = columns == image.width() ? height : rows;
        short[] voxels = new short[height * width];
        Interval part = Interval.at(new long[] {z, y, x}, new long[] {1, height, width});
        image.read(new Block(PixelType.UINT16, part, voxels));
        ByteBuffer bytes = ByteBuffer.allocate(2 * written * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < height; row++) {
            bytes.position(2 * row * columns).asShortBuffer().put(voxels, row * width, width);
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(bytes.array());
        deflater.finish();
        byte[] packed = new byte[bytes.capacity() + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }
}
