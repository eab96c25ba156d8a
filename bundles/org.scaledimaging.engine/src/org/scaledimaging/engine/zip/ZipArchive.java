package org.scaledimaging.engine.zip;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.place.OpenedFiles;
import org.scaledimaging.engine.web.WebFiles;

/**
 * A zip file to read from at any place, ZIP64 or not, here or on a server. Safe for use by several threads at once. Each
 * read opens and closes the file, so an archive need not be closed.
 *
 * <p>Stored files are read in ranges at no cost; deflated ones are inflated from their start. No more memory is taken
 * than what is asked for.
 */
public final class ZipArchive {
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int PIECE = 1 << 16;

    /** More than headers take, with their further fields. */
    private static final int MOST_BESIDE = 1 << 10;

    private static final int MOST_AT_ONCE = Integer.MAX_VALUE - 8;

    private final Path file;
    private final long length;
    private final Map<String, ZipMember> members;
    private final OpenedFiles opened;
    /** Where files begin of which parts were read. */
    private final Map<String, Long> starts = new ConcurrentHashMap<>();

    private ZipArchive(Path file, long length, Map<String, ZipMember> members, OpenedFiles opened) {
        this.file = file;
        this.length = length;
        this.members = members;
        this.opened = opened;
    }

    /** Whether a file begins as zip files do. */
    public static boolean recognises(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        ByteBuffer start = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(start, 0);
        }
        return start.position() == 4 && start.getInt(0) == LOCAL_SIGNATURE;
    }

    /**
     * Reads the names, places and lengths of all files.
     *
     * @throws ImageFormatException when the file is damaged, or holds names that lead out, occur twice, are links or
     *     encrypted, or files that overlap or reach beyond it
     */
    public static ZipArchive open(Path file) throws IOException {
        FileState.checkRegular(file);
        OpenedFiles opened = new OpenedFiles(file);
        opened.add(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new ZipArchive(file, channel.size(), CentralDirectory.read(file, channel), opened);
        }
    }

    /** @throws ImageFormatException when the file is gone, or another than when it was opened */
    public void checkUnchanged() throws IOException {
        opened.check();
    }

    /** Whether it is on a server. */
    public boolean isRemote() {
        return WebFiles.has(file);
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** The names of all files; not of folders. */
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** A file's length in bytes, inflated; −1 where there is no such file. */
    public long size(String name) {
        ZipMember member = members.get(name);
        return member == null ? -1 : member.size();
    }

    /**
     * A file as a whole, in a buffer backed by an array; empty where there is none.
     *
     * @param limit bytes; a longer one is refused without being read
     * @throws ImageFormatException also when the content does not fit its checksum
     */
    public Optional<ByteBuffer> read(String name, int limit) throws IOException {
        ZipMember member = members.get(name);
        if (member == null) {
            return Optional.empty();
        }
        if (member.size() > limit) {
            throw wrong(name, "a file of " + member.size() + " bytes", "at most " + limit);
        }
        ByteBuffer content = read(name, member, 0, (int) member.size(), true);
        CRC32 crc = new CRC32();
        crc.update(content.duplicate());
        if ((int) crc.getValue() != member.crc32()) {
            throw wrong(name, "checksum " + crc.getValue(), (member.crc32() & 0xffffffffL) + " as noted for it");
        }
        return Optional.of(content);
    }

    /**
     * A range of a file, in a buffer backed by an array.
     *
     * @throws IOException when there is no such file or it ends before the range does
     */
    public ByteBuffer read(String name, long offset, int count) throws IOException {
        ZipMember member = members.get(name);
        if (member == null || offset > member.size() - count) {
            throw new EOFException(location(name) + " ends before the " + count + " bytes from " + offset + " on.");
        }
        return read(name, member, offset, count, false);
    }

    private ByteBuffer read(String name, ZipMember member, long offset, int count, boolean toEnd) throws IOException {
        opened.checkNowAndThen();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != length) {
                throw new ImageFormatException(
                        file, "a zip file of " + channel.size() + " bytes", length + " as when it was opened");
            }
            long room = member.end() - member.header();
            if (toEnd && !member.deflated() && room <= Math.min(MOST_AT_ONCE, member.stored() + MOST_BESIDE)) {
                return whole(channel, name, member);
            }
            Long known = starts.get(name);
            long start = known == null ? start(channel, name, member) : known;
            if (isRemote()) { // or else it is looked at again: a file may change without a trace
                starts.put(name, start);
            }
            return member.deflated()
                    ? inflate(channel, name, member, start, offset, count, toEnd)
                    : fill(channel, start + offset, count);
        }
    }

    /** A stored file, with what is before it and behind, by one look. */
    private ByteBuffer whole(FileChannel channel, String name, ZipMember member) throws IOException {
        ByteBuffer all = fill(channel, member.header(), (int) (member.end() - member.header()));
        int from = (int) (start(all, name, member) - member.header());
        return ByteBuffer.wrap(all.array(), from, (int) member.stored()).slice();
    }

    /** Where a file's bytes begin: after a header that has to say the same as the directory does. */
    private long start(FileChannel channel, String name, ZipMember member) throws IOException {
        int length = CentralDirectory.LOCAL_HEADER + name.getBytes(StandardCharsets.UTF_8).length;
        return start(fill(channel, member.header(), length), name, member);
    }

    /** The same, by the header. */
    private long start(ByteBuffer header, String name, ZipMember member) throws ImageFormatException {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int nameBytes = header.getShort(26) & 0xffff;
        int extraBytes = header.getShort(28) & 0xffff;
        boolean same = header.getInt(0) == LOCAL_SIGNATURE
                && header.getShort(8) == (member.deflated() ? 8 : 0)
                && nameBytes == wanted.length
                && header.slice(CentralDirectory.LOCAL_HEADER, nameBytes).equals(ByteBuffer.wrap(wanted));
        long start = member.header() + CentralDirectory.LOCAL_HEADER + nameBytes + extraBytes;
        if (!same || start + member.stored() > member.end()) {
            throw wrong(name, "a header that does not fit the central directory", "the same in both");
        }
        return start;
    }

    private ByteBuffer inflate(
            FileChannel channel, String name, ZipMember member, long start, long offset, int count, boolean toEnd)
            throws IOException {
        byte[] content = new byte[count];
        byte[] skipped = new byte[(int) Math.min(offset, PIECE)];
        long position = 0;
        long read = 0;
        Inflater inflater = new Inflater(true);
        try {
            while (position < offset + count) {
                if (inflater.needsInput()) {
                    int piece = (int) Math.min(PIECE, member.stored() - read);
                    inflater.setInput(fill(channel, start + read, piece));
                    read += piece;
                    if (piece == 0) {
                        break;
                    }
                }
                int got = position < offset
                        ? inflater.inflate(skipped, 0, (int) Math.min(skipped.length, offset - position))
                        : inflater.inflate(content, (int) (position - offset), (int) (offset + count - position));
                position += got;
                if (got == 0 && (inflater.finished() || inflater.needsDictionary())) {
                    break;
                }
            }
            if (position < offset + count) {
                throw wrong(name, "a deflated file that ends at byte " + position, (offset + count) + " bytes");
            }
            if (toEnd && isLonger(inflater, channel, start + read, member.stored() - read)) {
                throw wrong(name, "a deflated file that goes on after byte " + position, "the size noted for it");
            }
        } catch (DataFormatException e) {
            throw new ImageFormatException(location(name), "no deflated data", "an undamaged file", e);
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(content);
    }

    /** Whether there is one more byte to inflate. */
    private boolean isLonger(Inflater inflater, FileChannel channel, long from, long left)
            throws IOException, DataFormatException {
        byte[] one = new byte[1];
        long at = from;
        long end = from + left;
        while (!inflater.finished()) {
            if (inflater.inflate(one) > 0) {
                return true;
            }
            if (inflater.needsInput() && !inflater.finished()) {
                int piece = (int) Math.min(PIECE, end - at);
                if (piece == 0) {
                    return false;
                }
                inflater.setInput(fill(channel, at, piece));
                at += piece;
            }
        }
        return false;
    }

    private ByteBuffer fill(FileChannel channel, long offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException(file + " became shorter while it was read.");
            }
        }
        return buffer.flip();
    }

    /** What to call a file in messages. */
    public String location(String name) {
        return name.isEmpty() ? file.toString() : file + "/" + name;
    }

    private ImageFormatException wrong(String name, String found, String expected) {
        return new ImageFormatException(location(name), found, expected);
    }
}
