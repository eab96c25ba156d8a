package org.scaledimaging.engine.compress.jpeg2000;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.scaledimaging.engine.compress.CorruptDataException;

/**
 * A codestream of JPEG 2000 (ISO/IEC 15444-1), alone or in a JP2 file. What its header says is read at once, without
 * memory for what it declares, so that it can be looked at before {@link #decode}.
 *
 * <p>Packets that are missing at the end of a tile, whole ones, are as if they were empty; data that end before the
 * place that they declare are refused.
 */
public final class Codestream {
    private static final int START = 0xFF4F;
    private static final int SIZE = 0xFF51;
    private static final int PACKED_HEADERS = 0xFF60;
    private static final int PACKED_HEADERS_OF_TILE = 0xFF61;
    private static final int START_OF_TILE_PART = 0xFF90;
    private static final int START_OF_DATA = 0xFF93;
    private static final int END = 0xFFD9;
    private static final int TILE_PART_BYTES = 12;

    private final byte[] data;
    private final int firstTilePart;
    private final int end;
    private final ImageSize size;
    private final CodingParameters parameters;
    private final PackedHeaders packed;

    private Codestream(
            byte[] data,
            int firstTilePart,
            int end,
            ImageSize size,
            CodingParameters parameters,
            PackedHeaders packed) {
        this.data = data;
        this.firstTilePart = firstTilePart;
        this.end = end;
        this.size = size;
        this.parameters = parameters;
        this.packed = packed;
    }

    /**
     * Reads the main header.
     *
     * @param stored backed by an array, which is kept
     * @throws CorruptDataException when this is no JPEG 2000, or of a kind that is not decoded
     */
    public static Codestream of(ByteBuffer stored) throws CorruptDataException {
        int start = stored.arrayOffset() + stored.position();
        SegmentReader reader = Boxes.codestream(stored.array(), start, start + stored.remaining());
        if (reader.number16() != START || reader.number16() != SIZE) {
            throw new CorruptDataException(
                    "a JPEG 2000 codestream that does not begin with its size", "markers FF4F and FF51");
        }
        ImageSize size = ImageSize.of(reader.segment());
        CodingParameters parameters = new CodingParameters(size.components().size());
        PackedHeaders packed = new PackedHeaders();
        int marker = reader.number16();
        while (marker != START_OF_TILE_PART) {
            checkMarker(marker);
            SegmentReader segment = reader.segment();
            if (marker == PACKED_HEADERS) {
                packed.add(segment);
            } else {
                parameters.read(marker, segment);
            }
            marker = reader.number16();
        }
        parameters.check();
        return new Codestream(stored.array(), reader.at() - 2, reader.at() + reader.left(), size, parameters, packed);
    }

    private static void checkMarker(int marker) throws CorruptDataException {
        if (marker < 0xFF40 || marker == START_OF_DATA || marker == END) {
            throw new CorruptDataException(
                    "%04X in a JPEG 2000 header".formatted(marker), "a marker that has parameters");
        }
    }

    /** Pixels along x. */
    public int width() {
        return size.image().width();
    }

    /** Pixels along y. */
    public int height() {
        return size.image().height();
    }

    /** Samples of a pixel. */
    public int components() {
        return size.components().size();
    }

    /** Bits of a sample of a component, with its sign: at most 16. */
    public int bits(int component) {
        return size.components().get(component).bits();
    }

    /** Whether samples of a component have a sign. */
    public boolean isSigned(int component) {
        return size.components().get(component).signed();
    }

    /** Whether the first three samples were red, green and blue before they were encoded as luminance and differences. */
    public boolean isTransformed() {
        return parameters.transformed();
    }

    /**
     * The samples of each component, row by row, {@link #width} times {@link #height}. Of components with fewer samples
     * each stands for the pixels from its own to the next one's.
     */
    public int[][] decode() throws CorruptDataException {
        TreeMap<Integer, List<TilePart>> tiles = tileParts();
        int[][] planes = new int[components()][];
        for (var entry : tiles.entrySet()) {
            decode(entry.getKey(), entry.getValue(), planes);
        }
        for (int i = 0; i < planes.length; i++) {
            planes[i] = spread(planes[i], size.components().get(i));
        }
        return planes;
    }

    /** A tile-part: its header without the first marker segment, its packets. */
    private record TilePart(int header, int packets, int end, byte[] packetHeaders) {}

    /** The tile-parts of each tile; all tiles have some. */
    private TreeMap<Integer, List<TilePart>> tileParts() throws CorruptDataException {
        TreeMap<Integer, List<TilePart>> tiles = new TreeMap<>();
        TreeMap<Integer, Integer> declared = new TreeMap<>();
        SegmentReader reader = new SegmentReader(data, firstTilePart, end);
        byte[] headers = packed.all();
        SegmentReader packedHeaders = packed.isEmpty() ? null : new SegmentReader(headers, 0, headers.length);
        boolean ended = false;
        while (!ended && reader.left() >= 2) {
            int start = reader.at();
            int marker = reader.number16();
            if (marker != START_OF_TILE_PART) {
                ended = marker == END;
                if (!ended && tiles.size() < size.tiles()) {
                    throw new CorruptDataException(
                            "%04X between JPEG 2000 tile-parts".formatted(marker), "the marker FF90");
                }
                break;
            }
            SegmentReader segment = reader.segment();
            int tile = segment.number16();
            long length = segment.number32();
            segment.skip(1);
            int parts = segment.number8();
            int stop = stop(start, length);
            if (tile >= size.tiles()) {
                throw new CorruptDataException("JPEG 2000 tile " + tile, "one below " + size.tiles());
            }
            int header = reader.at();
            skipHeader(reader);
            byte[] own = packedHeaders == null
                    ? null
                    : packedHeaders.part(packedHeaders.number32()).rest();
            tiles.computeIfAbsent(tile, key -> new ArrayList<>()).add(new TilePart(header, reader.at(), stop, own));
            if (parts > 0) {
                declared.put(tile, parts);
            }
            reader.skip(stop - reader.at());
        }
        if (tiles.size() < size.tiles()) {
            throw new CorruptDataException(
                    "JPEG 2000 data of " + tiles.size() + " tiles", "all " + size.tiles() + " of the image");
        }
        for (var entry : declared.entrySet()) {
            int found = tiles.get(entry.getKey()).size();
            if (!ended && found < entry.getValue()) {
                throw new CorruptDataException(
                        "JPEG 2000 data that end after " + found + " parts of tile " + entry.getKey(),
                        entry.getValue() + " parts");
            }
        }
        return tiles;
    }

    /** Where a tile-part ends that declares its length; 0 stands for the rest. */
    private int stop(int start, long length) throws CorruptDataException {
        if (length == 0) {
            boolean marked = end - start >= 2 && data[end - 2] == (byte) 0xFF && data[end - 1] == (byte) (END & 0xFF);
            return marked ? end - 2 : end;
        }
        if (length < TILE_PART_BYTES || length > end - start) {
            throw new CorruptDataException(
                    "a JPEG 2000 tile-part of " + length + " bytes",
                    TILE_PART_BYTES + " to the " + (end - start) + " that are left");
        }
        return start + (int) length;
    }

    private static void skipHeader(SegmentReader reader) throws CorruptDataException {
        int marker = reader.number16();
        while (marker != START_OF_DATA) {
            checkMarker(marker);
            reader.segment();
            marker = reader.number16();
        }
    }

    private void decode(int index, List<TilePart> parts, int[][] planes) throws CorruptDataException {
        CodingParameters own = parameters.ofTile();
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        boolean isPacked = !packed.isEmpty();
        for (TilePart part : parts) {
            PackedHeaders ofPart = new PackedHeaders();
            SegmentReader reader = new SegmentReader(data, part.header, part.packets);
            for (int marker = reader.number16(); marker != START_OF_DATA; marker = reader.number16()) {
                if (marker == PACKED_HEADERS_OF_TILE) {
                    ofPart.add(reader.segment());
                    isPacked = true;
                } else {
                    own.read(marker, reader.segment());
                }
            }
            headers.writeBytes(part.packetHeaders == null ? ofPart.all() : part.packetHeaders);
        }
        Tile tile = new Tile(size, size.tile(index), own);
        byte[] packetHeaders = isPacked ? headers.toByteArray() : null;
        int[][] samples;
        if (parts.size() == 1) {
            samples = tile.decode(data, parts.get(0).packets, parts.get(0).end, packetHeaders);
        } else {
            ByteArrayOutputStream packets = new ByteArrayOutputStream();
            parts.forEach(part -> packets.write(data, part.packets, part.end - part.packets));
            samples = tile.decode(packets.toByteArray(), 0, packets.size(), packetHeaders);
        }
        for (int i = 0; i < planes.length; i++) {
            put(samples[i], tile.area(i), i, planes);
        }
    }

    /** Puts the samples of a tile where they belong; the only tile's are the plane. */
    private void put(int[] samples, Area area, int component, int[][] planes) {
        ImageSize.Component kind = size.components().get(component);
        Area plane = size.image().sampled(kind.across(), kind.down());
        if (area.equals(plane)) {
            planes[component] = samples;
            return;
        }
        if (planes[component] == null) {
            planes[component] = new int[plane.width() * plane.height()];
        }
        int column = (int) (area.left() - plane.left());
        int row = (int) (area.top() - plane.top());
        for (int y = 0; y < area.height(); y++) {
            System.arraycopy(
                    samples, y * area.width(), planes[component], (row + y) * plane.width() + column, area.width());
        }
    }

    private int[] spread(int[] samples, ImageSize.Component kind) {
        if (kind.across() == 1 && kind.down() == 1) {
            return samples;
        }
        Area plane = size.image().sampled(kind.across(), kind.down());
        int[] all = new int[width() * height()];
        for (int y = 0; y < height(); y++) {
            int row = (int) Math.max(0, (size.top() + (long) y) / kind.down() - plane.top());
            for (int x = 0; x < width(); x++) {
                int column = (int) Math.max(0, (size.left() + (long) x) / kind.across() - plane.left());
                all[y * width() + x] = samples[row * plane.width() + column];
            }
        }
        return all;
    }
}
