package org.scaledimaging.engine.compress.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.compress.CorruptDataException;

/** Packets of a tile, one after the other (B.9, B.10): headers, which may lie elsewhere, and bodies. */
final class PacketReader implements Progression.Packets {
    private static final int START_OF_PACKET = 0xFF91;
    private static final int START_OF_PACKET_BYTES = 6;
    private static final int END_OF_HEADER = 0xFF92;

    private final PacketBits bodies;
    private final PacketBits headers;
    private final int end;
    private final List<CodeBlock> included = new ArrayList<>();
    private boolean any;

    /** @param headers null where each is in front of its body */
    PacketReader(byte[] data, int start, int end, byte[] headers) {
        this.bodies = new PacketBits(data, start, end);
        this.headers = headers == null ? bodies : new PacketBits(headers, 0, headers.length);
        this.end = end;
    }

    /** Whether there was a packet. */
    boolean any() {
        return any;
    }

    @Override
    public boolean next(Precinct precinct) throws CorruptDataException {
        if (headers.isAtEnd()) {
            return false;
        }
        any = true;
        if (bodies.isMarker(START_OF_PACKET)) {
            bodies.moveTo(bodies.at() + START_OF_PACKET_BYTES);
        }
        included.clear();
        int layer = precinct.takeLayer();
        if (headers.next() == 1) {
            precinct.prepare();
            for (Precinct.Blocks blocks : precinct.blocks()) {
                readHeader(precinct.owner(), blocks, layer);
            }
        }
        headers.align();
        if (headers.isMarker(END_OF_HEADER)) {
            headers.moveTo(headers.at() + 2);
        }
        int at = bodies.at();
        for (CodeBlock block : included) {
            at = block.place(at, end);
        }
        bodies.moveTo(at);
        return true;
    }

    private void readHeader(TileComponent component, Precinct.Blocks blocks, int layer) throws CorruptDataException {
        CodeBlock[] all = blocks.all();
        for (int i = 0; i < all.length; i++) {
            if (blocks.isIncluded(i, layer, component.shift(), headers)) {
                all[i].readLengths(headers, component.style().style());
                included.add(all[i]);
            }
        }
    }
}
