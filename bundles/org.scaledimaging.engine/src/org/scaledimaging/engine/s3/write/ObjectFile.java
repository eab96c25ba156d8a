package org.scaledimaging.engine.s3.write;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.DoubleConsumer;

/** A file that becomes an object, whole or not at all: in one request, or in parts that one request makes an object of. */
public final class ObjectFile {
    private static final String MARKER = ".writing";
    private static final int MOST_PARTS = 10_000;

    private ObjectFile() {}

    /**
     * Uploads a file. What killed processes sent of it is removed first.
     *
     * @param progress told how much of it is on its way, from 0 to 1
     * @throws org.scaledimaging.engine.message.TargetException when it cannot be written, is there already, or is being
     *     written
     */
    public static void upload(Path file, URI place, boolean overwrite, DoubleConsumer progress) throws IOException {
        ObjectTarget.checkKey(place);
        BucketRequests requests = new BucketRequests(place);
        String key = ObjectFolder.key(place);
        try (WritingMarker marker = WritingMarker.acquire(requests, key + MARKER, place);
                Uploads uploads = new Uploads()) {
            ObjectTarget.checkFree(place, ObjectTarget.isThere(place), overwrite);
            requests.abortAll(key);
            ObjectChannel channel = new ObjectChannel(requests, uploads, key, partSize(Files.size(file)));
            boolean done = false;
            try {
                send(file, channel, progress);
                marker.say(marker.writer());
                uploads.await();
                done = true;
            } finally {
                if (!done) {
                    uploads.close();
                    ObjectTarget.inPeace(channel::abort);
                }
            }
        }
    }

    /** So large that there are not more parts than stores take. */
    private static int partSize(long length) {
        long least = length / MOST_PARTS + 1;
        return (int) Math.max(ObjectChannel.PART, (least + 0xfffff) & ~0xfffffL);
    }

    private static void send(Path file, ObjectChannel channel, DoubleConsumer progress) throws IOException {
        long length = Files.size(file);
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate(1 << 20);
            while (bytes.read(piece) >= 0) {
                channel.write(piece.flip());
                piece.clear();
                progress.accept(length == 0 ? 1 : (double) bytes.position() / length);
            }
            channel.close();
        }
    }
}
