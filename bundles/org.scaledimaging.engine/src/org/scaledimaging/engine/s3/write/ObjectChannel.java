package org.scaledimaging.engine.s3.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An object that is written piece by piece: in one request where it is small, else in parts, which are on their way while
 * further ones come. It is there when the channel is closed and the uploads are awaited; one that is given up never is.
 */
final class ObjectChannel implements WritableByteChannel {
    /** What an object is sent in where it is larger. All but the last are of one size, as some stores want it. */
    static final int PART = 8 << 20;

    private static final int FIRST = 1 << 16;

    private final BucketRequests requests;
    private final Uploads uploads;
    private final String key;
    private final int partSize;
    private final List<BucketRequests.Part> done = new ArrayList<>();
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST);
    private String upload = "";
    private int begun;
    private boolean ended;
    private boolean closed;
    private volatile boolean complete;

    /** @param partSize at least 5 MiB, as S3 wants it */
    ObjectChannel(BucketRequests requests, Uploads uploads, String key, int partSize) {
        this.requests = requests;
        this.uploads = uploads;
        this.key = key;
        this.partSize = partSize;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        while (bytes.hasRemaining()) {
            if (buffer.position() == partSize) { // more is to come: so this is not the last
                send();
            }
            int some = Math.min(bytes.remaining(), partSize - buffer.position());
            grow(some);
            buffer.put(bytes.slice(bytes.position(), some));
            bytes.position(bytes.position() + some);
        }
        return count;
    }

    private void grow(int more) {
        if (buffer.remaining() < more) {
            int size = Math.min(partSize, Math.max(2 * buffer.capacity(), buffer.position() + more));
            buffer = ByteBuffer.allocate(size).put(buffer.flip());
        }
    }

    private void send() throws IOException {
        if (upload.isEmpty()) {
            upload = requests.begin(key);
        }
        ByteBuffer part = buffer.flip();
        buffer = ByteBuffer.allocate(FIRST);
        int number = ++begun;
        uploads.add(part.remaining(), () -> sent(requests.part(key, upload, number, part)));
    }

    /** Whoever sends the last of the parts completes the object. */
    private void sent(BucketRequests.Part part) throws IOException {
        List<BucketRequests.Part> all;
        synchronized (this) {
            done.add(part);
            if (!ended || done.size() < begun) {
                return;
            }
            all = new ArrayList<>(done);
        }
        all.sort(Comparator.comparingInt(BucketRequests.Part::number));
        uploads.check(); // nobody wants it where others went wrong
        requests.complete(key, upload, all);
        complete = true;
    }

    /** Ends it without an object. */
    void giveUp() {
        closed = true;
        buffer = ByteBuffer.allocate(0);
    }

    /** Removes what was sent of it; to be called when nothing of it is on its way any more. */
    void abort() throws IOException {
        if (!complete && !upload.isEmpty()) {
            requests.abort(key, upload);
        }
    }

    /** Whether nothing is left to be removed where it is given up. */
    boolean isOver() {
        return complete || closed && upload.isEmpty();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (upload.isEmpty()) {
            ByteBuffer whole = buffer.flip();
            uploads.add(whole.remaining(), () -> requests.put(key, whole));
            return;
        }
        ByteBuffer last = buffer.flip();
        int number;
        synchronized (this) {
            number = ++begun;
            ended = true;
        }
        uploads.add(last.remaining(), () -> sent(requests.part(key, upload, number, last)));
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }
}
