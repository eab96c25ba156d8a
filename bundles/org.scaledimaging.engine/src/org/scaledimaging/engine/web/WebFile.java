package org.scaledimaging.engine.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.execute.wait.CancellableLock;
import org.scaledimaging.engine.http.HttpFiles;
import org.scaledimaging.engine.http.HttpFiles.Answer;
import org.scaledimaging.engine.http.HttpFiles.Outcome;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * The bytes of a file on a server. Little is read in blocks, which are kept for a while, more of them at once where one
 * follows the other; much in one request; what was announced is taken as it comes. Thread-safe.
 */
final class WebFile {
    /** Fetching so much takes hardly longer than fetching less. */
    static final int BLOCK = 1 << 17;

    private static final int MOST_BLOCKS = 16;
    private static final int LONGEST_RANGE = 1 << 23;

    /** Names a block in the cache. */
    record Block(URI address, long number) {}

    private final HttpFiles files;
    private final URI address;
    private final String place;
    private final BoundedCache<Block, ByteBuffer> blocks;
    private final RangesAhead ahead = new RangesAhead((key, offset, length) -> range(offset, length));
    private final CancellableLock looking = new CancellableLock();
    private volatile Optional<WebAttributes> attributes = Optional.empty();
    private volatile Outcome missing = Outcome.FOUND;
    private long next;
    private int together = 1;

    /** @param place what to call it in messages */
    WebFile(HttpFiles files, URI address, String place, BoundedCache<Block, ByteBuffer> blocks) {
        this.files = files;
        this.address = address;
        this.place = place;
        this.blocks = blocks;
    }

    /**
     * What its server says of it, asked for once, together with its first bytes.
     *
     * @throws NoSuchFileException when there is none
     * @throws AccessDeniedException when it may not be read
     */
    WebAttributes attributes() throws IOException {
        if (attributes.isEmpty()) {
            looking.lock();
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
        return attributes.get();
    }

    private void look() throws IOException {
        if (attributes.isPresent()) {
            return;
        }
        if (missing == Outcome.FOUND) {
            Answer start = files.edge(address, place, BLOCK, false);
            if (start.outcome() == Outcome.FOUND) {
                blocks.get(new Block(address, 0), BLOCK, start::bytes);
                attributes = Optional.of(attributes(start.size(), start.headers()));
                return;
            }
            missing = start.outcome();
        }
        if (missing == Outcome.FORBIDDEN) {
            throw new AccessDeniedException(place);
        }
        throw new NoSuchFileException(place);
    }

    private static WebAttributes attributes(long size, HttpHeaders headers) {
        long modified = 0;
        try {
            String date = headers.firstValue("Last-Modified").orElse("");
            modified = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            // the server does not say, or not in a way that is understood
        }
        return new WebAttributes(size, modified, headers.firstValue("ETag").orElse(""));
    }

    /**
     * Reads from a position into what remains of a buffer, not always all of it.
     *
     * @return how many bytes, or −1 at the end
     */
    int read(ByteBuffer target, long position) throws IOException {
        long size = attributes().size();
        if (position >= size || !target.hasRemaining()) {
            return position >= size ? -1 : 0;
        }
        int wanted = (int) Math.min(LONGEST_RANGE, Math.min(target.remaining(), size - position));
        Optional<ByteBuffer> announced = ahead.take(position).flatMap(coming -> coming);
        ByteBuffer bytes;
        if (announced.isPresent()) {
            bytes = announced.get().slice();
        } else if (wanted > BLOCK) {
            bytes = range(position, wanted);
        } else {
            long number = position / BLOCK;
            int count = (int) ((position + wanted - 1) / BLOCK - number + 1);
            bytes = blocks.get(new Block(address, number), BLOCK, () -> fetch(number, count))
                    .duplicate();
            bytes.position(bytes.position() + (int) (position % BLOCK));
        }
        int some = Math.min(wanted, bytes.remaining());
        target.put(bytes.limit(bytes.position() + some));
        return some;
    }

    /** A block, and those behind it as it seems that they are wanted next. */
    private ByteBuffer fetch(long number, int least) throws IOException {
        int count = Math.max(least, follows(number));
        long from = number * BLOCK;
        long size = attributes().size();
        ByteBuffer bytes = range(from, (int) Math.min((long) count * BLOCK, size - from));
        for (int i = 1; i * BLOCK < bytes.remaining(); i++) {
            ByteBuffer block = copy(bytes, i * BLOCK);
            blocks.get(new Block(address, number + i), BLOCK, () -> block);
        }
        return copy(bytes, 0);
    }

    private synchronized int follows(long number) {
        together = number == next ? Math.min(MOST_BLOCKS, 2 * together) : 1;
        next = number + together;
        return together;
    }

    /** Of its own, so that no more memory is held than what is counted. */
    private static ByteBuffer copy(ByteBuffer bytes, int from) {
        byte[] block = new byte[Math.min(BLOCK, bytes.remaining() - from)];
        bytes.get(bytes.position() + from, block);
        return ByteBuffer.wrap(block);
    }

    /** Whole, of the state that the file was in when it was first looked at. */
    ByteBuffer range(long offset, int length) throws IOException {
        WebAttributes known = attributes();
        Answer answer = files.range(address, place, offset, length);
        if (answer.outcome() != Outcome.FOUND) {
            throw new ImageFormatException(
                    place, "nothing that can be read any more", "an image that stays as it is while it is read");
        }
        long size = answer.size() < 0 ? known.size() : answer.size();
        if (!known.isSame(attributes(size, answer.headers())) || answer.bytes().remaining() < length) {
            throw OpenedFiles.changed(place);
        }
        return answer.bytes();
    }

    /** As {@link WebFiles#announce}. */
    void announce(long offset, int length, Ahead reading) {
        boolean here = length <= BLOCK
                && blocks.holds(new Block(address, offset / BLOCK))
                && blocks.holds(new Block(address, (offset + length - 1) / BLOCK));
        if (length > 0 && length <= LONGEST_RANGE && !here && !ahead.isComing(offset)) {
            ahead.fetch(offset, new long[] {offset, length}, place, length, this::located, reading);
        }
    }

    private Optional<RangesAhead.Place> located(long[] part) {
        return Optional.of(new RangesAhead.Place(place, part[0], (int) part[1], Optional.empty()));
    }
}
