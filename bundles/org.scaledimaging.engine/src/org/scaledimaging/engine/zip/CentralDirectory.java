package org.scaledimaging.engine.zip;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.RelativeNames;

/**
 * Reads the central directory of a zip file, ZIP64 or not, and refuses what could mislead: PKWARE's APPNOTE.TXT, 4.3.12
 * and 4.5.3. Memory in use is bounded by the share of the heap that the directory may take.
 */
final class CentralDirectory {
    static final int LOCAL_HEADER = 30;

    private static final int RECORD_SIGNATURE = 0x02014b50;
    private static final int RECORD = 46;
    private static final int ZIP64_EXTRA = 1;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int UNIX = 3;
    private static final int UNIX_TYPE = 0170000;
    private static final int UNIX_FILE = 0100000;
    private static final int UNIX_FOLDER = 0040000;

    private final Path file;
    private final FileChannel channel;
    private final EndOfDirectory end;

    private CentralDirectory(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.end = EndOfDirectory.read(file, channel);
    }

    /** The files in a zip file by their names; folders are left out. */
    static Map<String, ZipMember> read(Path file, FileChannel channel) throws IOException {
        return new CentralDirectory(file, channel).read();
    }

    /** A record on its way: where the member ends is known when all are. */
    private record Found(String name, ZipMember member, int nameBytes) {}

    private Map<String, ZipMember> read() throws IOException {
        long limit = MemoryBudget.Share.DIRECTORY.bytes();
        if (end.size() > limit) {
            throw wrong(
                    "a central directory of " + end.size() + " bytes",
                    "at most " + limit + " with this much memory, as of an image in shards");
        }
        List<Found> found = new ArrayList<>();
        channel.position(end.offset());
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        for (long left = end.size(); left > 0; ) {
            left -= next(in, left, found);
        }
        if (found.size() != end.count()) {
            throw wrong(found.size() + " files in the central directory", "the " + end.count() + " that it counts");
        }
        return members(found);
    }

    private Map<String, ZipMember> members(List<Found> found) throws ImageFormatException {
        // Appending to a zip file writes a changed file once more, with one more record: the last is the one that
        // counts.
        Map<String, Found> last = new HashMap<>();
        found.forEach(one -> last.put(one.name(), one));
        found.sort(Comparator.comparingLong(one -> one.member().header()));
        Map<String, ZipMember> members = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            Found one = found.get(i);
            ZipMember member = one.member();
            long next = i + 1 < found.size() ? found.get(i + 1).member().header() : end.offset();
            long room = next - member.header() - LOCAL_HEADER - one.nameBytes();
            if (member.stored() > room) {
                throw wrong(
                        "\"" + one.name() + "\" of " + member.stored() + " bytes where there is room for "
                                + Math.max(0, room),
                        "files that lie one after the other inside the zip file");
            }
            ZipMember bounded = new ZipMember(
                    member.header(), next, member.stored(), member.size(), member.crc32(), member.deflated());
            if (!one.name().endsWith("/") && last.get(one.name()) == one) {
                members.put(one.name(), bounded);
            }
        }
        return members;
    }

    /** Reads one record and returns its length. */
    private int next(InputStream in, long left, List<Found> found) throws IOException {
        ByteBuffer record = bytes(in, RECORD, left);
        if (record.getInt(0) != RECORD_SIGNATURE) {
            throw wrong("a central directory with a damaged record", "a whole one");
        }
        int nameBytes = record.getShort(28) & 0xffff;
        int extraBytes = record.getShort(30) & 0xffff;
        int commentBytes = record.getShort(32) & 0xffff;
        int length = RECORD + nameBytes + extraBytes + commentBytes;
        String name = new String(bytes(in, nameBytes, left - RECORD).array(), StandardCharsets.UTF_8);
        ByteBuffer extra = bytes(in, extraBytes, left - RECORD - nameBytes);
        bytes(in, commentBytes, left - RECORD - nameBytes - extraBytes);
        check(name, record);
        found.add(new Found(name, member(name, record, extra), nameBytes));
        return length;
    }

    private void check(String name, ByteBuffer record) throws ImageFormatException {
        String shown = "\"" + name.replace('\0', '?') + "\"";
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (!RelativeNames.isInside(plain)) {
            throw wrong("a file named " + shown, "names inside, with slashes between them");
        }
        int type = record.getInt(38) >>> 16 & UNIX_TYPE;
        boolean unix = (record.getShort(4) & 0xffff) >> 8 == UNIX;
        if (unix && type != 0 && type != UNIX_FILE && type != UNIX_FOLDER) {
            throw wrong(shown + ", which is a link or a device", "files and folders");
        }
        if ((record.getShort(8) & ENCRYPTED) != 0) {
            throw wrong(shown + ", which is encrypted", "files that are not");
        }
        int method = record.getShort(10) & 0xffff;
        if (method != STORED && method != DEFLATED) {
            throw wrong(shown + " compressed by method " + method, "files that are stored or deflated");
        }
        int disk = record.getShort(34) & 0xffff;
        if (disk != 0 && disk != 0xffff) {
            throw wrong(shown + " in part " + disk + " of the zip file", "a zip file in one part");
        }
    }

    private ZipMember member(String name, ByteBuffer record, ByteBuffer extra) throws ImageFormatException {
        boolean deflated = record.getShort(10) == DEFLATED;
        ByteBuffer zip64 = zip64(extra);
        long size = wide(record, 24, zip64);
        long stored = wide(record, 20, zip64);
        long header = wide(record, 42, zip64);
        if (size < 0 || stored < 0 || header < 0 || stored > end.offset() || header > end.offset() - stored) {
            throw wrong(
                    "\"" + name + "\" of " + Long.toUnsignedString(stored) + " bytes at byte "
                            + Long.toUnsignedString(header),
                    "files within its " + end.offset() + " bytes");
        }
        if (!deflated && size != stored) {
            throw wrong("\"" + name + "\" of " + size + " bytes stored as " + stored, "as many");
        }
        return new ZipMember(header, 0, stored, size, record.getInt(16), deflated);
    }

    /** The values of 64 bits that stand beside a record; empty where there are none. */
    private static ByteBuffer zip64(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = extra.getShort() & 0xffff;
            int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
            if (id == ZIP64_EXTRA) {
                return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            extra.position(extra.position() + length);
        }
        return ByteBuffer.allocate(0);
    }

    /** A value of 32 bits, or what stands for it where that is all ones. */
    private static long wide(ByteBuffer record, int position, ByteBuffer zip64) {
        long value = record.getInt(position) & 0xffffffffL;
        return value == 0xffffffffL && zip64.remaining() >= 8 ? zip64.getLong() : value;
    }

    private ByteBuffer bytes(InputStream in, int length, long left) throws IOException {
        if (length > left) {
            throw wrong("a central directory that ends inside a record", "a whole one");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(file + " became shorter while it was read.");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ImageFormatException wrong(String found, String expected) {
        return new ImageFormatException(file, found, expected);
    }
}
