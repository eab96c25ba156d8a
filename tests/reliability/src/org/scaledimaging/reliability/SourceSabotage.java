package org.scaledimaging.reliability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.target.AtomicTarget;

/** Images of two versions in several formats, and all that others may do to the first while it is read. */
final class SourceSabotage implements Closeable {
    private static final int CHUNK = 16;

    /** How an image is stored. */
    enum Kind {
        ZARR,
        ZARR2,
        SHARDS,
        SERVER,
        ZIP,
        NII,
        NII_GZ;

        boolean isFolder() {
            return this == ZARR || this == ZARR2 || this == SHARDS || this == SERVER;
        }

        private String file() {
            return switch (this) {
                case ZIP -> "image.ome.zarr.zip";
                case NII -> "image.nii";
                case NII_GZ -> "image.nii.gz";
                default -> "image.ome.zarr";
            };
        }
    }

    /** What happens. */
    enum Way {
        RENAMED,
        DELETED,
        REPLACED_BY_RENAMES,
        OVERWRITTEN,
        LEVEL_RENAMED,
        LEVEL_DELETED,
        CHUNKS_RENAMED,
        SOME_CHUNKS_DELETED,
        CHUNKS_REWRITTEN,
        FILE_REWRITTEN,
        FILE_CUT;

        /** What it can happen to. That chunks of an image on a server are gone, nobody can tell. */
        List<Kind> kinds() {
            return Arrays.stream(Kind.values())
                    .filter(kind -> switch (this) {
                        case FILE_REWRITTEN, FILE_CUT -> !kind.isFolder();
                        case LEVEL_RENAMED, LEVEL_DELETED -> kind.isFolder();
                        case CHUNKS_RENAMED, SOME_CHUNKS_DELETED, CHUNKS_REWRITTEN ->
                            kind.isFolder() && kind != Kind.SERVER;
                        default -> true;
                    })
                    .toList();
        }
    }

    private final Path place;
    private final int edge;
    private final HttpServer server;
    private final Map<Kind, List<Path>> versions = new EnumMap<>(Kind.class);

    SourceSabotage(Path place, int edge) throws Exception {
        this.place = place;
        this.edge = edge;
        for (Kind kind : Kind.values()) {
            List<Path> both = new ArrayList<>();
            for (int version = 0; version < 2; version++) {
                Path folder = Files.createDirectory(place.resolve(kind + "-" + version));
                both.add(folder.resolve(kind.file()));
                save(kind, version, both.get(version));
            }
            versions.put(kind, both);
        }
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void save(Kind kind, int version, Path path) throws Exception {
        Image image = Versions.image(version, CHUNK, edge, edge, edge);
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(CHUNK).withOverwrite(true);
        options = kind == Kind.SHARDS ? options.withShards(2 * CHUNK) : options;
        options = kind == Kind.ZARR2 ? options.withVersion("0.4") : options;
        if (kind == Kind.NII || kind == Kind.NII_GZ) {
            image.saveNifti(path, NiftiWriteOptions.defaults().withOverwrite(true), Execution.standard());
        } else {
            image.saveOmeZarr(path, options, Execution.standard());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Path file = place.resolve(exchange.getRequestURI().getPath().substring(1));
        byte[] content;
        try {
            content = Files.readAllBytes(file);
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            exchange.getResponseHeaders()
                    .set("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.atZone(ZoneOffset.UTC)));
            exchange.getResponseHeaders()
                    .set(
                            "ETag",
                            "\"" + modified.toEpochMilli() + "-" + modified.getNano() + "-" + content.length + "\"");
        } catch (IOException e) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(content);
        }
        exchange.close();
    }

    /** The path or address of an image that nothing happens to. */
    String whole(Kind kind, int version) {
        Path path = versions.get(kind).get(version);
        return kind == Kind.SERVER ? address(place.relativize(path)) : path.toString();
    }

    private String address(Path path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    /** Makes the first version; returns its path or address. */
    String make(Kind kind) throws IOException {
        copy(versions.get(kind).get(0), place.resolve(kind.file()));
        return kind == Kind.SERVER
                ? address(Path.of(kind.file()))
                : place.resolve(kind.file()).toString();
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (!Files.isDirectory(copy)) {
                    Files.copy(each, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Does it to the image that was made. */
    void happen(Kind kind, Way way) throws Exception {
        Path image = place.resolve(kind.file());
        Path away = place.resolve("away");
        Path other = versions.get(kind).get(1);
        Path level = image.resolve("0");
        Path chunks = kind == Kind.ZARR2 ? level : level.resolve("c");
        switch (way) {
            case RENAMED -> Files.move(image, away);
            case DELETED -> AtomicTarget.deleteAll(image);
            case REPLACED_BY_RENAMES -> {
                Path ready = place.resolve("ready");
                copy(other, ready);
                Files.move(image, away);
                Files.move(ready, image);
            }
            case OVERWRITTEN -> save(kind, 1, image);
            case LEVEL_RENAMED -> Files.move(level, away);
            case LEVEL_DELETED -> AtomicTarget.deleteAll(level);
            case CHUNKS_RENAMED -> Files.move(kind == Kind.ZARR2 ? chunks.resolve("1") : chunks, away);
            case SOME_CHUNKS_DELETED -> AtomicTarget.deleteAll(chunks.resolve("1/1"));
            case CHUNKS_REWRITTEN -> copy(level(other, chunks, image), chunks);
            case FILE_REWRITTEN -> rewrite(image, Files.readAllBytes(other));
            case FILE_CUT -> {
                try (RandomAccessFile open = new RandomAccessFile(image.toFile(), "rw")) {
                    open.setLength(open.length() / 3);
                }
            }
        }
    }

    private static Path level(Path other, Path chunks, Path image) {
        return other.resolve(image.relativize(chunks));
    }

    /** As a program does that opens a file and writes. */
    private static void rewrite(Path file, byte[] content) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            for (int from = 0; from < content.length; from += 1 << 16) {
                open.write(content, from, Math.min(1 << 16, content.length - from));
            }
            open.setLength(content.length);
        }
    }

    /** Removes what is left of the image that was made. */
    void clear() throws IOException {
        for (Kind kind : Kind.values()) {
            AtomicTarget.deleteAll(place.resolve(kind.file()));
        }
        AtomicTarget.deleteAll(place.resolve("away"));
        AtomicTarget.deleteAll(place.resolve("ready"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
