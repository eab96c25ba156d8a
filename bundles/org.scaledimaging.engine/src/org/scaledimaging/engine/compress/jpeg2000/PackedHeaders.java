package org.scaledimaging.engine.compress.jpeg2000;

import java.io.ByteArrayOutputStream;
import java.util.TreeMap;
import org.scaledimaging.engine.compress.CorruptDataException;

/** Packet headers that marker segments have (A.7.4, A.7.5), put together in the order of their numbers. */
final class PackedHeaders {
    private final TreeMap<Integer, byte[]> segments = new TreeMap<>();

    boolean isEmpty() {
        return segments.isEmpty();
    }

    void add(SegmentReader segment) throws CorruptDataException {
        int number = segment.number8();
        if (segments.put(number, segment.rest()) != null) {
            throw new CorruptDataException(
                    "two parts " + number + " of JPEG 2000 packet headers", "one of each number");
        }
    }

    byte[] all() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        segments.values().forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
