package org.scaledimaging.engine.s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests by AWS Signature Version 4, in headers. Source: "Authenticating Requests: Using the
 * Authorization Header (AWS Signature Version 4)" of the Amazon S3 API reference.
 */
final class RequestSignature {
    /** The header of the body's SHA-256, in hexadecimal. */
    static final String CONTENT = "x-amz-content-sha256";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private RequestSignature() {}

    /**
     * The headers that sign a request.
     *
     * @param address whose path and query are encoded as {@link #encoded} does
     * @param headers others that are signed, too; of a request with a body, {@link #CONTENT} among them
     */
    static Map<String, String> headers(
            URI address, String method, Map<String, String> headers, Credentials by, String region, Instant now) {
        String time = TIME.format(now);
        String content = headers.getOrDefault(CONTENT, hex(sha256("")));
        Map<String, String> added = new LinkedHashMap<>();
        added.put(CONTENT, content);
        added.put("x-amz-date", time);
        by.token().ifPresent(token -> added.put("x-amz-security-token", token));
        TreeMap<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
        signed.putAll(added);
        signed.put("host", host(address));
        StringBuilder lines = new StringBuilder();
        signed.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", signed.keySet());
        String request = String.join("\n", method, address.getRawPath(), query(address), lines, names, content);
        String day = time.substring(0, 8);
        String scope = day + "/" + region + "/s3/aws4_request";
        String text = String.join("\n", ALGORITHM, time, scope, hex(sha256(request)));
        byte[] key = ("AWS4" + by.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, region, "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        added.put(
                "Authorization",
                ALGORITHM + " Credential=" + by.accessKey() + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + hex(hmac(key, text)));
        return added;
    }

    /** With parameters in the order of their names, each with a value. */
    private static String query(URI address) {
        String query = address.getRawQuery();
        return query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .map(one -> one.contains("=") ? one : one + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    /** As Java's client names the host: with a port that is not the protocol's own. */
    private static String host(URI address) {
        int own = address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        int port = address.getPort();
        return address.getHost() + (port < 0 || port == own ? "" : ":" + port);
    }

    /** Names with slashes between them as a signature wants them: all but letters, digits and {@code -._~} in hexadecimal. */
    static String encoded(String path) {
        StringBuilder text = new StringBuilder();
        for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
            text.append(plain ? String.valueOf(c) : String.format("%%%02X", one & 0xff));
        }
        return text.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
