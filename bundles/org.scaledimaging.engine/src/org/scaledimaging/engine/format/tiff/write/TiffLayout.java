package org.scaledimaging.engine.format.tiff.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.pyramid.PyramidLevels;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.PhysicalUnit;

/**
 * The places of everything in an OME-TIFF: the header, then for each plane the directory of each of its levels, then
 * the tiles. Planes are pages, z varying fastest, then channels, then times; coarser levels are a page's SubIFDs.
 * Immutable.
 */
final class TiffLayout {
    private static final int HEADER_BYTES = 16;
    private static final long MOST_CLASSIC = (1L << 32) - (1 << 16);
    private static final String SOFTWARE = "Scaled Imaging";

    private final PyramidLevels pyramid;
    private final TileEncoder encoder;
    private final int depth;
    private final boolean big;
    private final long pages;
    private final List<DirectoryBytes> first;
    private final List<DirectoryBytes> others;

    /**
     * @param image with its axes in the order of the file
     * @param description the OME-XML, ASCII
     * @param asBig whether it is a BigTIFF file also where that is not needed
     */
    TiffLayout(ImageSource image, PyramidLevels pyramid, TiffWriteOptions options, String description, boolean asBig) {
        this.pyramid = pyramid;
        ImageMetadata metadata = image.metadata();
        int[] chunk = pyramid.chunk();
        this.encoder = new TileEncoder(
                metadata.pixelType(),
                chunk[metadata.indexOf(Axis.X)],
                chunk[metadata.indexOf(Axis.Y)],
                isRgb(metadata) ? chunk[metadata.indexOf(Axis.C)] : 1,
                options.compression());
        int z = metadata.indexOf(Axis.Z);
        this.depth = z < 0 ? 1 : image.chunkShape()[z];
        this.pages = pyramid.chunks(0).count() / tilesPerPage(0);
        double most = pages * (double) size(directories(true, Optional.empty())) + description.length() + tileBytes();
        this.big = asBig || most > MOST_CLASSIC;
        this.first = directories(big, Optional.of(description));
        this.others = directories(big, Optional.empty());
    }

    /** What all tiles take where nothing can be compressed. */
    private double tileBytes() {
        double tile = (double) encoder.voxels() * encoder.type().bytes();
        double bytes = 0;
        for (int level = 0; level < pyramid.levels().size(); level++) {
            bytes += pyramid.chunks(level).count() * (tile + tile / 128 + 1024);
        }
        return bytes;
    }

    private static long size(List<DirectoryBytes> ofPage) {
        return ofPage.stream().mapToLong(DirectoryBytes::size).sum();
    }

    private List<DirectoryBytes> directories(boolean ofBig, Optional<String> description) {
        List<DirectoryBytes> directories = new ArrayList<>();
        for (int level = 0; level < pyramid.levels().size(); level++) {
            directories.add(directory(ofBig, level, level == 0 ? description : Optional.empty()));
        }
        return directories;
    }

    private DirectoryBytes directory(boolean ofBig, int level, Optional<String> description) {
        ImageMetadata metadata = pyramid.levels().get(level);
        Dimension y = metadata.dimensions().get(metadata.indexOf(Axis.Y));
        Dimension x = metadata.dimensions().get(metadata.indexOf(Axis.X));
        long tiles = tilesPerPage(level);
        DirectoryBytes directory = new DirectoryBytes(ofBig)
                .number(Tags.NEW_SUBFILE_TYPE, level == 0 ? 0 : 1)
                .number(Tags.IMAGE_WIDTH, x.length())
                .number(Tags.IMAGE_LENGTH, y.length())
                .shorts(Tags.BITS_PER_SAMPLE, ofSamples(8 * encoder.type().bytes()))
                .shorts(Tags.COMPRESSION, compressionNumber())
                .shorts(Tags.PHOTOMETRIC, encoder.samples() > 1 ? 2 : 1);
        description.ifPresent(text -> directory.text(Tags.IMAGE_DESCRIPTION, text));
        directory.shorts(Tags.SAMPLES_PER_PIXEL, encoder.samples());
        boolean known = perCentimeter(x) > 0 && perCentimeter(y) > 0;
        quotient(directory, Tags.X_RESOLUTION, known ? perCentimeter(x) : 1);
        quotient(directory, Tags.Y_RESOLUTION, known ? perCentimeter(y) : 1);
        directory
                .shorts(Tags.PLANAR_CONFIGURATION, 1)
                .shorts(Tags.RESOLUTION_UNIT, known ? 3 : 1)
                .text(Tags.SOFTWARE, SOFTWARE)
                .shorts(Tags.PREDICTOR, encoder.predictor().number())
                .number(Tags.TILE_WIDTH, encoder.width())
                .number(Tags.TILE_LENGTH, encoder.height())
                .openOffsets(Tags.TILE_OFFSETS, tiles)
                .openNumbers(Tags.TILE_BYTE_COUNTS, tiles);
        if (level == 0 && pyramid.levels().size() > 1) {
            directory.openOffsets(Tags.SUB_IFDS, pyramid.levels().size() - 1);
        }
        if (encoder.samples() > 3) {
            directory.shorts(Tags.EXTRA_SAMPLES, 2); // opacity that colours are not multiplied by
        }
        return directory.shorts(Tags.SAMPLE_FORMAT, ofSamples(sampleFormat()));
    }

    private int[] ofSamples(int value) {
        int[] values = new int[encoder.samples()];
        Arrays.fill(values, value);
        return values;
    }

    private int compressionNumber() {
        return switch (encoder.compression().name()) {
            case "deflate" -> 8;
            case "zstd" -> 50000;
            default -> 1;
        };
    }

    private int sampleFormat() {
        return switch (encoder.type()) {
            case UINT8, UINT16, UINT32, UINT64 -> 1;
            case INT8, INT16, INT32, INT64 -> 2;
            case FLOAT32, FLOAT64 -> 3;
        };
    }

    /** How many pixels a centimeter has; not above 0 where that is not known. */
    private static double perCentimeter(Dimension dimension) {
        return 10 / (PhysicalUnit.inMillimeters(dimension.unit()).orElse(Double.NaN) * dimension.voxelSize());
    }

    /** As two numbers of 32 bits, with as many digits as these have. */
    private static void quotient(DirectoryBytes directory, int tag, double value) {
        double most = 0xFFFF_FFFFL;
        double denominator = Math.max(1, Math.min(1e6, Math.floor(most / value)));
        long numerator = (long) Math.max(1, Math.min(most, Math.rint(value * denominator)));
        directory.quotient(tag, numerator, (long) denominator);
    }

    PyramidLevels pyramid() {
        return pyramid;
    }

    TileEncoder encoder() {
        return encoder;
    }

    /** The order of the tiles behind the directories. */
    Iterator<TileOrder.Tile> order() {
        long slices = pyramid.levels().get(0).length(Axis.Z);
        return new TileOrder(pyramid, slices, Math.min(depth, slices));
    }

    /** Whether it is a BigTIFF file: one that could pass 4 GiB. */
    boolean isBig() {
        return big;
    }

    int offsetBytes() {
        return DirectoryBytes.offsetBytes(big);
    }

    long directoriesEnd() {
        return pageStart(pages);
    }

    private long pageStart(long page) {
        return page == 0 ? HEADER_BYTES : HEADER_BYTES + size(first) + (page - 1) * size(others);
    }

    private List<DirectoryBytes> directories(long page) {
        return page == 0 ? first : others;
    }

    private long start(long page, int level) {
        return pageStart(page) + size(directories(page).subList(0, level));
    }

    /** Where in the file is written where a tile is. */
    long placeOfOffset(TileOrder.Tile tile) {
        return place(tile, Tags.TILE_OFFSETS, offsetBytes());
    }

    /** Where in the file is written how many bytes a tile has. */
    long placeOfByteCount(TileOrder.Tile tile) {
        return place(tile, Tags.TILE_BYTE_COUNTS, 4);
    }

    private long place(TileOrder.Tile tile, int tag, int width) {
        long tiles = tilesPerPage(tile.level());
        long page = tile.number() / tiles;
        DirectoryBytes directory = directories(page).get(tile.level());
        return start(page, tile.level()) + directory.place(tag) + tile.number() % tiles * width;
    }

    /** Writes the header and all directories, in which the tables of tiles are left open. */
    void write(FileChannel file, Runnable betweenPages) throws IOException {
        DirectoryBytes.writeAt(file, header(), 0);
        for (long page = 0; page < pages; page++) {
            betweenPages.run();
            List<DirectoryBytes> directories = directories(page);
            for (int level = 0; level < directories.size(); level++) {
                directories.get(level).write(file, start(page, level), next(page, level));
            }
            if (directories.size() > 1) {
                DirectoryBytes.writeAt(file, levelStarts(page), levelStartsPlace(page));
            }
        }
    }

    /** Whether a file has what {@link #write} wrote. */
    boolean isIn(FileChannel file, Runnable betweenPages) throws IOException {
        boolean same = header().equals(DirectoryBytes.readAt(file, 0, HEADER_BYTES));
        for (long page = 0; same && page < pages; page++) {
            betweenPages.run();
            List<DirectoryBytes> directories = directories(page);
            for (int level = 0; level < directories.size(); level++) {
                same &= directories.get(level).isIn(file, start(page, level), next(page, level));
            }
            if (directories.size() > 1) {
                ByteBuffer levels = levelStarts(page);
                same &= levels.equals(DirectoryBytes.readAt(file, levelStartsPlace(page), levels.remaining()));
            }
        }
        return same;
    }

    private ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 'I').put((byte) 'I');
        if (big) {
            header.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(HEADER_BYTES);
        } else {
            header.putShort((short) 42).putInt(HEADER_BYTES);
        }
        return header.rewind();
    }

    /** Where the directory after one of full resolution is; others have none after them. */
    private long next(long page, int level) {
        return level == 0 && page + 1 < pages ? pageStart(page + 1) : 0;
    }

    private ByteBuffer levelStarts(long page) {
        int levels = directories(page).size() - 1;
        ByteBuffer starts = ByteBuffer.allocate(offsetBytes() * levels).order(ByteOrder.LITTLE_ENDIAN);
        for (int level = 1; level <= levels; level++) {
            if (big) {
                starts.putLong(start(page, level));
            } else {
                starts.putInt((int) start(page, level));
            }
        }
        return starts.flip();
    }

    private long levelStartsPlace(long page) {
        return pageStart(page) + directories(page).get(0).place(Tags.SUB_IFDS);
    }

    long tilesPerPage(int level) {
        ImageMetadata metadata = pyramid.levels().get(level);
        long[] cells = pyramid.chunks(level).cells();
        return cells[metadata.indexOf(Axis.Y)] * cells[metadata.indexOf(Axis.X)];
    }

    /** Whether channels are the colours of pixels, of a type that viewers show as such: samples of one page. */
    static boolean isRgb(ImageMetadata image) {
        return ChannelColours.areOfPixels(image)
                && (image.pixelType() == PixelType.UINT8 || image.pixelType() == PixelType.UINT16);
    }

    /** A number that no other tile of any level has. */
    long number(TileOrder.Tile tile) {
        return tile.number() * pyramid.levels().size() + tile.level();
    }

    /** The levels of an image: each half as long along y and x as the one before. */
    static PyramidLevels levels(ImageMetadata image, int[] chunk, Optional<Integer> most) {
        int axes = chunk.length;
        boolean[] interleaved = new boolean[axes];
        interleaved[image.indexOf(Axis.Y)] = true;
        interleaved[image.indexOf(Axis.X)] = true;
        return PyramidLevels.of(
                image,
                chunk,
                interleaved,
                (level, number) -> {
                    int[] factors = new int[axes];
                    for (int d = 0; d < axes; d++) {
                        factors[d] = interleaved[d] && level.shape()[d] > 1 ? 2 : 1;
                    }
                    return factors;
                },
                most.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }
}
