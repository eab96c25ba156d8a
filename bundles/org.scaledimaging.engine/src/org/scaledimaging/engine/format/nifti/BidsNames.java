package org.scaledimaging.engine.format.nifti;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * Names files in a sidecar: by BIDS URIs where they lie in the data set of the image, or in one that its
 * {@code dataset_description.json} links to, else by their path from the image's folder.
 */
final class BidsNames {
    private static final String DESCRIPTION = "dataset_description.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final Optional<Path> root;
    private final boolean noPaths;

    /** @param image that the sidecar is of */
    BidsNames(Path image, boolean noPaths) {
        this.folder = image.toAbsolutePath().normalize().getParent();
        this.root = root(folder);
        this.noPaths = noPaths;
    }

    private static Optional<Path> root(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(DESCRIPTION))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** @param location a path, or an address, which stays */
    String of(String location) {
        Optional<Path> place;
        try {
            place = ImageLocation.parse(location).path();
        } catch (ImageFormatException e) {
            return location;
        }
        if (place.isEmpty()) {
            return location;
        }
        Path path = place.get().toAbsolutePath().normalize();
        if (root.isPresent() && root(path.getParent()).equals(root)) {
            return "bids::" + text(root.get().relativize(path));
        }
        Optional<Path> other = root(path.getParent());
        Optional<String> link = other.isPresent() && root.isPresent() ? link(other.get()) : Optional.empty();
        if (link.isPresent()) {
            return "bids:" + link.get() + ":" + text(other.get().relativize(path));
        }
        boolean reachable = path.getRoot().equals(folder.getRoot());
        return noPaths || !reachable ? path.getFileName().toString() : text(folder.relativize(path));
    }

    /** The name by which the data set of the image links to another. */
    private Optional<String> link(Path other) {
        JsonNode links;
        try {
            links = MAPPER.readTree(root.get().resolve(DESCRIPTION).toFile()).path("DatasetLinks");
        } catch (IOException e) {
            return Optional.empty();
        }
        for (var entry : (Iterable<Map.Entry<String, JsonNode>>) links::fields) {
            try {
                URI place = root.get().toUri().resolve(entry.getValue().asText());
                if ("file".equals(place.getScheme())
                        && Path.of(place).normalize().equals(other)) {
                    return Optional.of(entry.getKey());
                }
            } catch (IllegalArgumentException e) {
                continue; // no place on this computer
            }
        }
        return Optional.empty();
    }

    private static String text(Path relative) {
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }
}
