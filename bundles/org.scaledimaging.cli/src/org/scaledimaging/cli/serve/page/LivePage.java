package org.scaledimaging.cli.serve.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.scaledimaging.cli.serve.ImageServer;
import org.scaledimaging.cli.serve.Reply;
import org.scaledimaging.cli.terminal.Json;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.plane.Slices;
import org.scaledimaging.engine.place.FileFailures;

/**
 * The page of a server: its files, what it shows as JSON, pictures, and the one thing that may be changed, parameters of
 * plugins. That is taken from the page itself alone: by a token that only who reads the page knows, and its origin.
 */
public final class LivePage {
    private static final String FOLDER = "/page/";
    private static final int MOST_BYTES = 1 << 20;

    /** Of what is too long, so many times more is read. */
    private static final int DISCARDED = 64;

    /** What WebAssembly's glue in the viewer's workers needs; workers go by the header of their own file. */
    private static final String OF_WORKERS =
            "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self' blob: data:";

    private static final String SOURCES =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' blob: data:; connect-src 'self' blob: data:; worker-src 'self' blob:; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    private final ShownImages shown;
    private final Pictures pictures;
    private final String token = randomToken();

    private LivePage(ShownImages shown) {
        this.shown = shown;
        this.pictures = new Pictures(shown);
    }

    /** Puts the page at a server's root, in place of the list of images. */
    public static void show(ImageServer server, ShownImages shown) {
        LivePage page = new LivePage(shown);
        server.page("/", page::handle);
        server.page(FOLDER, page::handle);
    }

    private static String randomToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void handle(HttpExchange exchange) {
        Reply reply;
        try {
            reply = reply(exchange);
        } catch (ParameterException e) {
            reply = Reply.words(400, e.sentence(OptionNames.TABLE));
        } catch (CancellationException e) {
            reply = Reply.words(409, "Parameters: found newer ones, expected nothing more of these.");
        } catch (IOException e) {
            reply = Reply.words(500, FileFailures.sentence(e, OptionNames.TABLE));
        } catch (RuntimeException | OutOfMemoryError e) {
            reply = Reply.words(500, "Internal error (" + FileFailures.oneLine(String.valueOf(e)) + ").");
        }
        Headers headers = exchange.getResponseHeaders();
        boolean worker = exchange.getRequestURI().getPath().endsWith(".bundle.js");
        headers.set("Content-Security-Policy", worker ? OF_WORKERS : SOURCES);
        headers.set("Referrer-Policy", "no-referrer");
        reply.send(exchange);
    }

    private Reply reply(HttpExchange exchange) throws IOException, ParameterException {
        URI address = exchange.getRequestURI();
        String path = address.getPath();
        if (path.equals("/page/parameters")) {
            return change(exchange);
        }
        if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Reply.words(405, "Method: found " + exchange.getRequestMethod() + ", expected GET or HEAD.");
        }
        return switch (path) {
            case "/" -> root();
            case "/page/state" -> state(shown.current(), Form.of(address.getRawQuery()));
            case "/page/progress" ->
                Reply.json(Json.write(shown.live().map(LiveCorrection::doing).orElse("")));
            case "/page/picture.png" -> new Reply(200, "image/png", pictures.png(Form.of(address.getRawQuery())), "");
            default -> file(path.substring(FOLDER.length()));
        };
    }

    private Reply root() throws IOException {
        PageFiles.PageFile page = PageFiles.find("page.html").orElseThrow();
        return Reply.html(new String(page.bytes(), StandardCharsets.UTF_8).replace("{{token}}", token));
    }

    private static Reply file(String name) throws IOException {
        Optional<PageFiles.PageFile> file = name.equals("page.html") ? Optional.empty() : PageFiles.find(name);
        return file.map(found -> new Reply(200, found.type(), found.bytes(), ""))
                .orElseGet(() -> Reply.words(404, FOLDER + name + ": found nothing, expected a file of the page."));
    }

    /** @param asked the {@code channel} whose windows are wanted; 0 if not given */
    private Reply state(Optional<LiveCorrection.Version> version, Form asked) throws IOException, ParameterException {
        long channels = Slices.of(shown.first()).length(Axis.C);
        long channel = asked.has("channel") ? asked.integer("channel", 0, channels - 1) : 0;
        return Reply.json(Json.write(PageState.of(shown, version, channel)));
    }

    private Reply change(HttpExchange exchange) throws IOException, ParameterException {
        Headers request = exchange.getRequestHeaders();
        if (!exchange.getRequestMethod().equals("POST")) {
            return Reply.words(405, "Method: found " + exchange.getRequestMethod() + ", expected POST.");
        }
        String origin = request.getFirst("Origin");
        if (origin == null || !origin.equals("http://" + request.getFirst("Host"))) {
            return Reply.words(403, "Origin: found " + origin + ", expected this server's own page.");
        }
        String given = request.getFirst("X-Token");
        if (given == null || !MessageDigest.isEqual(bytes(given), bytes(token))) {
            return Reply.words(403, "X-Token: found another token, expected the page's own; load the page again.");
        }
        if (shown.current().isEmpty()) {
            return Reply.words(404, "Parameters: found none, expected images to look at only.");
        }
        InputStream in = exchange.getRequestBody();
        byte[] body = in.readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            for (int i = 0; i < DISCARDED && in.readNBytes(MOST_BYTES).length > 0; i++) {
                // else the connection ends while the other side still sends, which then sees no answer
            }
            return Reply.words(413, "Parameters: found more than " + MOST_BYTES + " bytes, expected fewer.");
        }
        Form form = Form.of(new String(body, StandardCharsets.UTF_8));
        int plugins = shown.current().orElseThrow().correction().steps().size();
        Form asked = Form.of(exchange.getRequestURI().getRawQuery());
        return state(Optional.of(shown.change(form.ofPlugins(plugins), asked.has("preliminary"))), asked);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
