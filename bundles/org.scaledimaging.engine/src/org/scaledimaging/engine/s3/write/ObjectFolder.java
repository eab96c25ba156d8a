package org.scaledimaging.engine.s3.write;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes objects below an address, many at a time, each whole or not at all; when they are there is known after
 * {@link #await}. Thread-safe.
 */
public final class ObjectFolder implements Closeable {
    private final BucketRequests requests;
    private final String prefix;
    private final Uploads uploads = new Uploads();
    private final Set<ObjectChannel> begun = ConcurrentHashMap.newKeySet();

    /** @param place {@code s3://bucket/key} */
    public ObjectFolder(URI place) {
        this(new BucketRequests(place), prefix(place));
    }

    ObjectFolder(BucketRequests requests, String prefix) {
        this.requests = requests;
        this.prefix = prefix;
    }

    /** What the keys below an address begin with. */
    static String prefix(URI place) {
        return key(place) + "/";
    }

    /** The key of an object. */
    static String key(URI place) {
        return place.getPath().replaceAll("^/+|/+$", "");
    }

    /** Writes an object, in place of an earlier one. The buffer is read to its limit. */
    public void put(String key, ByteBuffer value) throws IOException {
        ByteBuffer copy = Uploads.copy(value);
        value.position(value.limit());
        uploads.add(copy.remaining(), () -> requests.put(prefix + key, copy));
    }

    /** Writes an object piece by piece. */
    public WritableByteChannel create(String key) {
        ObjectChannel channel = new ObjectChannel(requests, uploads, prefix + key, ObjectChannel.PART);
        begun.removeIf(ObjectChannel::isOver);
        begun.add(channel);
        return channel;
    }

    /** Returns when all that was written is there. */
    public void await() throws IOException {
        uploads.await();
    }

    /** Gives up what is not complete, and removes what was sent of it; closing its channels makes no objects of it. */
    public void giveUp() {
        begun.forEach(ObjectChannel::giveUp);
        uploads.close();
        try {
            ObjectTarget.inPeace(() -> {
                for (ObjectChannel one : begun) {
                    one.abort();
                }
            });
        } catch (IOException e) {
            // a store that does not answer: left to who writes there next
        }
    }

    @Override
    public void close() {
        uploads.close();
    }
}
