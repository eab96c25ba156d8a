package org.scaledimaging.engine.s3.write;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.http.HttpExchanges;
import org.scaledimaging.engine.http.HttpExchanges.Reply;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.s3.BucketAnswers;
import org.scaledimaging.engine.s3.ObjectListing;
import org.scaledimaging.engine.s3.ObjectStore;

/**
 * The requests to a bucket of those who write: lists, objects whole or in parts, conditions. What is sent is checked by
 * the store, by MD5 and, where requests are signed, by SHA-256. Source: the Amazon S3 API reference. Thread-safe.
 */
final class BucketRequests {
    private static final int ATTEMPTS = 6;

    /** Statuses 400 that say of a request that it came damaged, or not to its end. */
    private static final Set<String> DAMAGED = Set.of(
            "BadDigest",
            "IncompleteBody",
            "InvalidDigest",
            "RequestTimeout",
            "XAmzContentChecksumMismatch",
            "XAmzContentSHA256Mismatch");

    private final String bucket;
    private final HttpExchanges web;

    /** @param place any address in the bucket */
    BucketRequests(URI place) {
        this.bucket = place.getScheme() + "://" + place.getRawAuthority() + "/";
        this.web = new HttpExchanges(Retries.standard(), new ObjectStore());
    }

    /** An object in a list. */
    record Listed(String key, String tag) {}

    /** A small object. */
    record Found(byte[] bytes, String tag, Duration age) {}

    /** What a conditional request came to. */
    record Put(boolean done, String tag) {}

    /** A part of an object. */
    record Part(int number, String tag) {}

    /** What an object is to be so that it is replaced: {@code *} for none, else its tag; of one without a tag, anything. */
    record Condition(String tag) {
        static final Condition ABSENT = new Condition("*");

        Map<String, String> headers() {
            if (tag.isEmpty()) {
                return Map.of();
            }
            return tag.equals("*") ? Map.of("If-None-Match", "*") : Map.of("If-Match", tag);
        }
    }

    /** What to call an object in messages. */
    String address(String key) {
        return bucket + key.replace(" ", "%20"); // as places are named elsewhere
    }

    /**
     * Objects by their keys.
     *
     * @param most at most so many, at least 1
     */
    List<Listed> list(String prefix, int most) throws IOException {
        ObjectListing.Page page = query ->
                ok(send("GET", "", query, Map.of(), Optional.empty()), prefix, "permission to list its objects");
        return ObjectListing.listed(page, prefix, Map.of(), most).stream()
                .map(one -> new Listed(one.getOrDefault("Key", ""), one.getOrDefault("ETag", "")))
                .toList();
    }

    /** An object as a whole; nothing where there is none. */
    Optional<Found> get(String key) throws IOException {
        Reply reply = send("GET", key, Map.of(), Map.of(), Optional.empty());
        if (reply.status() == 404) {
            return Optional.empty();
        }
        ok(reply, key, "permission to read it");
        return Optional.of(new Found(reply.body(), tag(reply), age(reply.headers())));
    }

    /** Whether there is an object of exactly that key. */
    boolean has(String key) throws IOException {
        int status = send("HEAD", key, Map.of(), Map.of(), Optional.empty()).status();
        return status == 200;
    }

    /** Writes an object, in place of another. */
    void put(String key, ByteBuffer bytes) throws IOException {
        ok(send("PUT", key, Map.of(), Map.of(), Optional.of(bytes)), key, "permission to write there");
    }

    /** Writes an object if what is there is as it should be; a store that knows no conditions writes it in any case. */
    Put put(String key, ByteBuffer bytes, Condition condition) throws IOException {
        Reply reply = send("PUT", key, Map.of(), condition.headers(), Optional.of(bytes));
        boolean otherwise = reply.status() == 412
                || reply.status() == 409
                || reply.status() == 404 && !BucketAnswers.code(reply).equals("NoSuchBucket");
        if (!otherwise) {
            return new Put(true, tag(ok(reply, key, "permission to write there")));
        }
        if (reply.repeated()) { // by this very request, perhaps, whose answer was lost
            Optional<Found> there = get(key);
            if (there.isPresent() && ByteBuffer.wrap(there.get().bytes()).equals(bytes.duplicate())) {
                return new Put(true, there.get().tag());
            }
        }
        return new Put(false, "");
    }

    /** Removes an object, if it is there. */
    void delete(String key) throws IOException {
        Reply reply = send("DELETE", key, Map.of(), Map.of(), Optional.empty());
        if (reply.status() != 404) {
            ok(reply, key, "permission to delete it");
        }
    }

    /** Begins an object that is sent in parts. */
    String begin(String key) throws IOException {
        Reply reply = send("POST", key, Map.of("uploads", ""), Map.of(), Optional.of(ByteBuffer.allocate(0)));
        return BucketAnswers.first(ok(reply, key, "permission to write there"), "InitiateMultipartUploadResult")
                .getOrDefault("UploadId", "");
    }

    Part part(String key, String upload, int number, ByteBuffer bytes) throws IOException {
        Map<String, String> query = Map.of("partNumber", Integer.toString(number), "uploadId", upload);
        Reply reply = send("PUT", key, query, Map.of(), Optional.of(bytes));
        return new Part(number, tag(ok(reply, key, "permission to write there")));
    }

    /** Ends an object that was sent in parts: from now on it is there. */
    void complete(String key, String upload, List<Part> parts) throws IOException {
        StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
        for (Part part : parts) {
            list.append("<Part><PartNumber>").append(part.number()).append("</PartNumber><ETag>");
            list.append(part.tag().replace("\"", "&quot;")).append("</ETag></Part>");
        }
        ByteBuffer bytes = ByteBuffer.wrap(
                list.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8));
        for (int attempt = 1; ; attempt++) {
            Reply reply = send("POST", key, Map.of("uploadId", upload), Map.of(), Optional.of(bytes));
            String code = BucketAnswers.code(reply);
            if (reply.status() == 404 && (attempt > 1 || reply.repeated()) && has(key)) {
                return; // done by a request whose answer was lost
            }
            ok(reply, key, "permission to write there");
            if (code.isEmpty()) {
                return;
            } else if (attempt == ATTEMPTS) { // S3 says OK first, then that it is not
                throw new TargetException(address(key), "an answer with the error " + code, "an object made of parts");
            }
        }
    }

    /** Gives up an object that was begun; again where parts came after that, as those on their way may. */
    void abort(String key, String upload) throws IOException {
        Map<String, String> query = Map.of("uploadId", upload);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Reply reply = send("DELETE", key, query, Map.of(), Optional.empty());
            if (reply.status() == 404) {
                return;
            }
            ok(reply, key, "permission to write there");
            Reply parts = send("GET", key, query, Map.of(), Optional.empty());
            if (parts.status() != 200 || BucketAnswers.elements(parts, "Part").isEmpty()) {
                return;
            }
            Waiting.sleep(Duration.ofMillis(100L << attempt));
        }
    }

    /**
     * Gives up objects that were begun and not ended; a store that cannot list them keeps them.
     *
     * @param prefix those below it where it ends with a slash, else the one of that key
     */
    void abortAll(String prefix) throws IOException {
        boolean more = true;
        while (more) {
            Reply reply = send("GET", "", Map.of("uploads", "", "prefix", prefix), Map.of(), Optional.empty());
            if (reply.status() != 200) {
                return;
            }
            int aborted = 0;
            for (Map<String, String> one : BucketAnswers.elements(reply, "Upload")) {
                String key = one.getOrDefault("Key", "");
                if (prefix.endsWith("/") ? key.startsWith(prefix) : key.equals(prefix)) { // a.tif is no a.tiff
                    abort(key, one.getOrDefault("UploadId", ""));
                    aborted++;
                }
            }
            String truncated =
                    BucketAnswers.first(reply, "ListMultipartUploadsResult").getOrDefault("IsTruncated", "false");
            more = aborted > 0 && truncated.equals("true");
        }
    }

    private Reply send(
            String method, String key, Map<String, String> query, Map<String, String> more, Optional<ByteBuffer> body)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(more);
        if (body.isPresent()) {
            headers.put("Content-Type", "application/octet-stream");
            headers.put("Content-MD5", Base64.getEncoder().encodeToString(digest("MD5", body.get())));
            headers.put("x-amz-content-sha256", HexFormat.of().formatHex(digest("SHA-256", body.get())));
        }
        URI address = URI.create(bucket + ObjectStore.encoded(key) + ObjectStore.query(query));
        for (int attempt = 1; ; attempt++) {
            Reply reply = web.send(method, address, address(key), headers, body);
            if (reply.status() != 400 || attempt == ATTEMPTS || !DAMAGED.contains(BucketAnswers.code(reply))) {
                return reply;
            }
        }
    }

    private Reply ok(Reply reply, String key, String expected) throws IOException {
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return reply;
        }
        String code = BucketAnswers.code(reply);
        String found = "an answer with status " + status + (code.isEmpty() ? "" : " (" + code + ")");
        String wanted = expected;
        if (code.equals("NoSuchBucket")) {
            wanted = "a bucket that is there";
        } else if (code.equals("ExpiredToken") || code.equals("RequestExpired") || code.equals("InvalidToken")) {
            wanted = "credentials that have not expired";
        } else if (status != 401 && status != 403) {
            wanted = "a store that takes what is written";
        }
        throw new TargetException(address(key), found, wanted);
    }

    private static String tag(Reply reply) {
        return reply.headers().firstValue("ETag").orElse("");
    }

    /** How long ago an object was written, by the store's own clock; no time where it does not say. */
    private static Duration age(HttpHeaders headers) {
        try {
            return Duration.between(time(headers, "Last-Modified"), time(headers, "Date"));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static ZonedDateTime time(HttpHeaders headers, String name) {
        return ZonedDateTime.parse(headers.firstValue(name).orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static byte[] digest(String algorithm, ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(bytes.duplicate());
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
