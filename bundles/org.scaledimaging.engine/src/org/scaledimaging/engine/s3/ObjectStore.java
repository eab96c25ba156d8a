package org.scaledimaging.engine.s3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.scaledimaging.engine.http.WebAccess;

/**
 * Objects of S3 and of stores that speak it: {@code s3://bucket/key}, and {@code gs://bucket/key} of Google, on the web.
 * Requests are signed where there are credentials. The region of a bucket, and by how much this computer's clock is wrong,
 * are learned from refusals.
 */
public final class ObjectStore implements WebAccess {
    /** The schemes of its addresses. */
    public static final Set<String> SCHEMES = Set.of("s3", "gs");

    private static final URI GOOGLE = URI.create("https://storage.googleapis.com");
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);
    private static final Duration SKEW = Duration.ofMinutes(4);

    /** New credentials that are refused sooner than that are not replaced. */
    private static final Duration RENEWAL = Duration.ofMinutes(1);

    /** One for all images: what an instance's server says is asked for once. */
    private static final class Amazon {
        static final CredentialChain CHAIN =
                new CredentialChain(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private final Map<String, String> environment;
    private final CredentialChain chain;
    private final S3Options options;
    private volatile Optional<String> region = Optional.empty();
    private volatile Duration skew = Duration.ZERO;
    private volatile Optional<Credentials> last = Optional.empty();
    private volatile Instant renewed = Instant.EPOCH;

    /** With what this process' environment, profile and options say. */
    public ObjectStore() {
        this(System.getenv(), Amazon.CHAIN, S3Options.current());
    }

    ObjectStore(Map<String, String> environment, CredentialChain chain, S3Options options) {
        this.environment = environment;
        this.chain = chain;
        this.options = options;
    }

    /** Whether an address is one of an object store. */
    public static boolean has(URI address) {
        return SCHEMES.contains(address.getScheme());
    }

    /** Names with slashes between them, or the value of a parameter, as addresses are signed: bytes in hexadecimal. */
    public static String encoded(String text) {
        return RequestSignature.encoded(text);
    }

    /** Parameters as they are signed, behind a question mark; empty for none. */
    public static String query(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(parameters)
                .forEach((name, value) -> text.append(text.isEmpty() ? "?" : "&")
                        .append(name)
                        .append("=")
                        .append(encoded(value).replace("/", "%2F")));
        return text.toString();
    }

    @Override
    public Sent prepare(URI address, String method, Map<String, String> headers) throws IOException {
        boolean google = address.getScheme().equals("gs");
        URI path = google ? at(GOOGLE, address) : amazon(address);
        URI web = address.getRawQuery() == null ? path : URI.create(path + "?" + address.getRawQuery());
        Optional<Credentials> by = options.anonymous() ? Optional.empty() : google ? google() : chain.get();
        last = by;
        if (by.isEmpty()) {
            return new Sent(web, Map.of());
        }
        String where = google ? "auto" : region.orElseGet(chain::region);
        return new Sent(
                web,
                RequestSignature.headers(
                        web, method, headers, by.get(), where, Instant.now().plus(skew)));
    }

    /** Keys for Google's interface of S3's kind, in the variables that GDAL reads, too. */
    private Optional<Credentials> google() {
        String key = environment.getOrDefault("GS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("GS_SECRET_ACCESS_KEY", "");
        return key.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(key, secret, Optional.empty()));
    }

    private URI amazon(URI address) {
        Optional<URI> endpoint = options.endpoint().or(() -> chain.endpoint().flatMap(S3Options::endpoint));
        if (endpoint.isPresent()) {
            return at(endpoint.get(), address);
        }
        String where = region.orElseGet(chain::region);
        String domain = "s3." + where + ".amazonaws.com" + (where.startsWith("cn-") ? ".cn" : "");
        String bucket = address.getRawAuthority();
        return bucket.matches("[a-z0-9][a-z0-9-]*") // a certificate holds for one name before its domain
                ? URI.create("https://" + bucket + "." + domain + RequestSignature.encoded(address.getPath()))
                : at(URI.create("https://" + domain), address);
    }

    /** With the bucket as the first name of the path. */
    private static URI at(URI endpoint, URI address) {
        return URI.create(endpoint + "/" + RequestSignature.encoded(address.getRawAuthority())
                + RequestSignature.encoded(address.getPath()));
    }

    @Override
    public boolean learn(URI address, int status, HttpHeaders headers) {
        Optional<String> there = headers.firstValue("x-amz-bucket-region").filter(name -> name.matches("[a-z0-9-]+"));
        boolean elsewhere = status == 301 || status == 307 || REFUSALS.contains(status);
        if (elsewhere && there.isPresent() && !there.get().equals(region.orElseGet(chain::region))) {
            region = there;
            return true;
        }
        if (!REFUSALS.contains(status) || last.isEmpty()) {
            return false;
        }
        Duration off = Duration.between(Instant.now(), date(headers));
        if (off.minus(skew).abs().compareTo(SKEW) > 0) {
            skew = off;
            return true;
        }
        boolean again = renewed.plus(RENEWAL).isBefore(Instant.now());
        if (again && status != 403) { // as when a session has come to its end
            renewed = Instant.now();
            chain.forget(last.get());
            return true;
        }
        return false;
    }

    /** When a server answered, by its own clock. */
    private static Instant date(HttpHeaders headers) {
        try {
            return ZonedDateTime.parse(headers.firstValue("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return Instant.now();
        }
    }
}
