package org.scaledimaging.engine.web;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A path on a server: names as they stand in its address. An absolute one's text is the address, without a query. */
final class WebPath implements Path {
    private final WebFileSystem server;
    private final boolean absolute;
    private final List<String> names;

    WebPath(WebFileSystem server, boolean absolute, List<String> names) {
        this.server = server;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    /** The names of a path as an address has it. */
    static List<String> names(String path) {
        return Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
    }

    /** The names of a path as users write it, as an address has them. */
    static List<String> encoded(String path) {
        return names(path).stream().map(WebPath::encodedName).toList();
    }

    private static String encodedName(String name) {
        try {
            return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no name: " + name, e); // any text can be quoted
        }
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** What it names. */
    WebFile file() {
        return server.file("/" + String.join("/", names));
    }

    private WebPath with(boolean isAbsolute, List<String> others) {
        return new WebPath(server, isAbsolute, others);
    }

    /** A path of this server; names that were made as of files here are taken as well. */
    private WebPath of(Path other) {
        if (other instanceof WebPath path) {
            return path;
        } else if (other.isAbsolute()) {
            throw new ProviderMismatchException(other.toString());
        }
        return with(false, encoded(other.toString().replace('\\', '/')));
    }

    @Override
    public FileSystem getFileSystem() {
        return server;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public Path getRoot() {
        return absolute ? with(true, List.of()) : null;
    }

    @Override
    public Path getFileName() {
        return names.isEmpty() ? null : getName(names.size() - 1);
    }

    @Override
    public Path getParent() {
        boolean has = names.size() > 1 || absolute && names.size() == 1;
        return has ? with(absolute, names.subList(0, names.size() - 1)) : null;
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int begin, int end) {
        if (begin < 0 || begin >= end || end > names.size()) {
            throw new IllegalArgumentException(begin + " to " + end + " of " + names.size() + " names");
        }
        return with(false, names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof WebPath path
                && path.server == server
                && path.absolute == absolute
                && path.names.size() <= names.size()
                && names.subList(0, path.names.size()).equals(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!(other instanceof WebPath path) || path.server != server || path.absolute) {
            return equals(other);
        }
        int more = names.size() - path.names.size();
        return more >= 0 && names.subList(more, names.size()).equals(path.names);
    }

    @Override
    public Path normalize() {
        List<String> plain = new ArrayList<>();
        for (String name : names) {
            boolean up = name.equals("..");
            boolean leads = !plain.isEmpty() && !plain.get(plain.size() - 1).equals("..");
            if (up && leads) {
                plain.remove(plain.size() - 1);
            } else if (!name.equals(".") && !(up && absolute)) {
                plain.add(name);
            }
        }
        return with(absolute, plain);
    }

    @Override
    public Path resolve(Path other) {
        WebPath path = of(other);
        if (path.absolute) {
            return path;
        }
        List<String> both = new ArrayList<>(names);
        both.addAll(path.names);
        return with(absolute, both);
    }

    @Override
    public Path relativize(Path other) {
        WebPath path = of(other);
        if (path.absolute != absolute || path.server != server) {
            throw new IllegalArgumentException(other + " as seen from " + this);
        }
        int same = 0;
        while (same < Math.min(names.size(), path.names.size())
                && names.get(same).equals(path.names.get(same))) {
            same++;
        }
        List<String> way = new ArrayList<>();
        for (int i = same; i < names.size(); i++) {
            way.add("..");
        }
        way.addAll(path.names.subList(same, path.names.size()));
        return with(false, way);
    }

    @Override
    public URI toUri() {
        return URI.create(toAbsolutePath().toString());
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : with(true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        file().attributes();
        return toAbsolutePath().normalize();
    }

    @Override
    public File toFile() {
        throw new UnsupportedOperationException("a file on a server");
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("watching a server");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(of(other).toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebPath path
                && path.server == server
                && path.absolute == absolute
                && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return absolute
                ? server.shown("/" + String.join("/", names))
                : String.join("/", names.stream().map(WebPath::decoded).toList());
    }
}
