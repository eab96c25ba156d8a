package org.scaledimaging.engine.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;

/** Sends requests, again where that may help, to each server so many at a time as it takes. */
final class Requests {
    private static final Set<Integer> TOO_MUCH = Set.of(429, 503);
    private static final Set<Integer> TEMPORARY = Set.of(408, 429, 500, 502, 503, 504);

    /** One for all: Java 17 cannot close a client. HTTP/1.1, in which an answer that is given up disturbs no other. */
    private static final class Client {
        static final HttpClient SHARED = builder().build();

        static HttpClient.Builder builder() {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER) // by itself: where to is looked at first
                    .connectTimeout(Duration.ofSeconds(10));
        }

        static HttpClient of(URI address) {
            return "http".equalsIgnoreCase(address.getScheme()) ? Plain.CLIENT : SHARED;
        }
    }

    /** For servers without TLS: trusts nobody, and so needs not read all certificates that this computer trusts. */
    private static final class Plain {
        static final HttpClient CLIENT = client();

        private static HttpClient client() {
            try {
                SSLContext nobody = SSLContext.getInstance("TLS");
                nobody.init(new KeyManager[0], new TrustManager[0], null);
                return Client.builder().sslContext(nobody).build();
            } catch (GeneralSecurityException e) {
                return Client.SHARED;
            }
        }
    }

    /** Makes something of a response that says more than to come again. */
    @FunctionalInterface
    interface Handler<T> {
        T handle(Response response) throws IOException;
    }

    private final Retries retries;
    private final Redirects redirects;
    private final WebAccess access;

    Requests(Retries retries, Redirects redirects, WebAccess access) {
        this.retries = retries;
        this.redirects = redirects;
        this.access = access;
    }

    /** As {@link #send(Request, Handler, Runnable)}; nobody wants to know of repetitions. */
    <T> T send(Request request, Handler<T> handler) throws IOException {
        return send(request, handler, () -> {});
    }

    /**
     * Asks until there is an answer that says more than to come again.
     *
     * @param again told before a request is repeated: the one before may have been heard nevertheless
     * @throws ImageFormatException when there is no answer, or one that cannot be used, one sentence on it; where
     *     something was to be written, a {@link org.scaledimaging.engine.message.TargetException}
     */
    <T> T send(Request request, Handler<T> handler, Runnable again) throws IOException {
        InFlight server = InFlight.of(request.prepare(access).address());
        for (int failures = 1; ; failures++) {
            Duration asked = Duration.ZERO;
            String problem;
            server.begin();
            try (Response response = follow(request)) {
                if (!isTemporary(response.status())) {
                    T answer = handler.handle(response);
                    server.answer();
                    return answer;
                } else if (TOO_MUCH.contains(response.status())) {
                    server.refuse();
                }
                problem = "an answer with status " + response.status();
                asked = retryAfter(response);
            } catch (ImageFormatException | TargetException e) {
                throw e;
            } catch (IOException e) {
                problem = problem(e);
                if (isLasting(e)) {
                    throw request.body().isPresent()
                            ? request.failure(problem, Optional.of(e))
                            : new ImageFormatException(request.place(), problem, "a server that has the file", e);
                }
            } finally {
                server.end();
            }
            boolean patient = asked.compareTo(retries.longest()) <= 0;
            if (failures == retries.attempts() || !patient) {
                String how = patient
                        ? failures + " times"
                        : "and the wish to be asked again in " + asked.toSeconds() + " seconds";
                throw request.failure(problem + " " + how, Optional.empty());
            }
            again.run();
            Waiting.sleep(retries.pause(failures, asked));
        }
    }

    /** The first response that does not say to ask elsewhere, or otherwise. */
    private Response follow(Request request) throws IOException {
        Request now = request;
        WebAccess way = access;
        for (int count = 0; count <= Redirects.MOST; count++) {
            WebAccess.Sent sent = now.prepare(way);
            Response response = exchange(now, sent);
            Optional<URI> target;
            try {
                if (count < Redirects.MOST && way.learn(now.address(), response.status(), response.headers())) {
                    response.close();
                    continue;
                }
                Optional<String> location = response.headers().firstValue("Location");
                target = redirects.target(sent.address(), now.place(), response.status(), location);
            } catch (IOException | RuntimeException e) {
                response.close();
                throw e;
            }
            if (target.isEmpty()) {
                return response;
            }
            response.close();
            now = request.at(target.get());
            way = WebAccess.plain(); // what proves who asks is for the first server alone
        }
        throw new ImageFormatException(
                request.place(), "more than " + Redirects.MOST + " redirects, one after the other", "the file");
    }

    private Response exchange(Request request, WebAccess.Sent sent) throws IOException {
        Sending sending = new Sending();
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer = Client.of(sent.address())
                .sendAsync(request.build(sent, retries.silence(), sending), BodyHandlers.ofPublisher());
        try {
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                    request.body().isEmpty() ? Waiting.result(answer) : sending.answer(answer, retries.silence());
            ProxyRefusal.check(response.statusCode(), request);
            return new Response(
                    response,
                    request.place(),
                    retries.silence(),
                    !sent.headers().isEmpty());
        } catch (IOException e) {
            throw ProxyRefusal.told(e, request, sent.address());
        } finally {
            answer.cancel(true); // where it is not there yet, this closes the connection
        }
    }

    /** Whether an answer of this status says to come again. */
    static boolean isTemporary(int status) {
        return TEMPORARY.contains(status);
    }

    /** What cannot be otherwise in a few seconds: no such host, a certificate that is not trusted. */
    private static boolean isLasting(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    private String problem(IOException e) {
        if (isLasting(e)) {
            return e instanceof ConnectException ? "no server of that name" : "a server that cannot prove who it is";
        } else if (e instanceof SlowBodyException) {
            return e.getMessage();
        } else if (e instanceof HttpTimeoutException) {
            return "no answer within " + retries.silence().toMillis() / 1000.0 + " seconds";
        } else if (e instanceof ConnectException) {
            return "no server that answers there";
        } else if (e instanceof ShortBodyException) {
            return e.getMessage();
        }
        return "a connection that broke";
    }

    /** How long the server wants to be left alone: RFC 9110, 10.2.3. */
    private static Duration retryAfter(Response response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return Duration.ZERO; // none given, or one that is none
        }
    }
}
