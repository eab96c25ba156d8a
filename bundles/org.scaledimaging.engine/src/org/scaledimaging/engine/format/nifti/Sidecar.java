package org.scaledimaging.engine.format.nifti;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.nifti.header.RecipeExtension;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ProgramVersion;
import org.scaledimaging.engine.target.AtomicTarget;

/**
 * The JSON file beside a NIfTI file that says what it was made of and by what, in the terms of BIDS derivatives:
 * {@code GeneratedBy} and {@code Sources}, with the recipe under our own name. What is not known is not said.
 */
final class Sidecar implements Closeable {
    private static final String GENERATED_BY = "GeneratedBy";
    private static final String SOURCES = "Sources";
    private static final Set<String> OURS = Set.of(GENERATED_BY, SOURCES, RecipeExtension.KEY);
    private static final List<String> ENDINGS = List.of(".nii", ".nii.gz", ".hdr", ".img");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path path;
    private final AtomicTarget target;
    private final boolean isNew;
    private boolean open = true;
    /** What was taken away. */
    private byte[] earlier;

    private Sidecar(Path path, AtomicTarget target) {
        this.path = path;
        this.target = target;
        this.isNew = !Files.exists(path);
    }

    /** Where the sidecar of an image is: {@code brain.json} for {@code brain.nii.gz}. */
    static Path of(Path image) {
        String name = image.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        int end = lower.endsWith(".gz") ? name.length() - 3 : name.length();
        int dot = name.lastIndexOf('.', end - 1);
        return image.resolveSibling(name.substring(0, dot > 0 ? dot : end) + ".json");
    }

    /**
     * Refuses what may not be replaced: a file of others without being asked, the sidecar of an image that is read ever.
     *
     * @param image that is written
     * @param sources that are read
     */
    static void check(Path image, boolean overwrite, Collection<Path> sources) throws IOException {
        Path path = of(image);
        Path absolute = path.toAbsolutePath().normalize();
        for (Path source : sources) {
            boolean same = source.toAbsolutePath()
                    .normalize()
                    .equals(image.toAbsolutePath().normalize());
            Path its = of(source).toAbsolutePath().normalize();
            if (!same && isNifti(source) && its.equals(absolute) && Files.exists(its)) {
                throw new TargetException(
                        path,
                        "the sidecar of " + source + ", which is read",
                        "another name for " + image.getFileName() + ", or " + Setting.NO_SIDECAR);
            }
        }
        // Where the image is there, too, that is what is said; and one of ours alone is left of a killed process.
        if (Files.exists(path) && !overwrite && !Files.exists(image) && !isOurs(path)) {
            throw new TargetException(
                    path,
                    "an existing file, which would become the sidecar of " + image.getFileName(),
                    "a name that is free, " + Setting.OVERWRITE + " or " + Setting.NO_SIDECAR);
        }
    }

    private static boolean isNifti(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Whether it says nothing but what this program writes. */
    private static boolean isOurs(Path path) throws IOException {
        return others(path).filter(List::isEmpty).isPresent();
    }

    /** The keys in a file that we do not write; nothing where it is no JSON object. */
    private static Optional<List<String>> others(Path path) throws IOException {
        JsonNode json;
        try {
            json = MAPPER.readTree(Files.readAllBytes(path));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!json.isObject() || !json.has(RecipeExtension.KEY)) {
            return Optional.empty();
        }
        List<String> others = new ArrayList<>();
        json.fieldNames().forEachRemaining(name -> {
            if (!OURS.contains(name)) {
                others.add(name);
            }
        });
        return Optional.of(others);
    }

    /**
     * Writes it, to appear with {@link #commit}.
     *
     * @param locations of what the image was made of: absolute paths and addresses
     * @param execution is told of what is replaced
     */
    static Sidecar write(Path image, boolean overwrite, Collection<Path> sources, Origin origin, Execution execution)
            throws IOException {
        check(image, overwrite, sources);
        Path path = of(image);
        if (Files.exists(path) && !isOurs(path)) {
            execution.tell(Notice.information(
                    path + ", which said other things than this program does, is replaced along with the image."));
        }
        Sidecar sidecar = new Sidecar(path, AtomicTarget.create(path, true, List.of()));
        try {
            Files.writeString(sidecar.target.working(), json(image, origin));
        } catch (IOException | RuntimeException e) {
            sidecar.close();
            throw e;
        }
        return sidecar;
    }

    /** Deletes what an earlier sidecar of ours said of an image that was replaced by one without a sidecar. */
    static void dropStale(Path image, Execution execution) throws IOException {
        Path path = of(image);
        if (Files.exists(path) && isOurs(path) && !isShared(path, image)) {
            Files.deleteIfExists(path);
            execution.tell(Notice.information(path + ", which told of the image before, is deleted."));
        }
    }

    /** Whether another image has the same sidecar, such as {@code brain.nii} beside {@code brain.nii.gz}. */
    private static boolean isShared(Path path, Path image) {
        String name = path.getFileName().toString();
        String stem = name.substring(0, name.length() - ".json".length());
        return ENDINGS.stream()
                .map(ending -> path.resolveSibling(stem + ending))
                .anyMatch(other -> !other.equals(image) && Files.exists(other));
    }

    private static String json(Path image, Origin origin) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode by = json.putArray(GENERATED_BY).addObject().put("Name", "Scaled Imaging");
        ProgramVersion.ofEngine().ifPresent(version -> by.put("Version", version.number()));
        ArrayNode sources = json.putArray(SOURCES);
        BidsNames names = new BidsNames(image, origin.noPaths());
        origin.locations().stream().map(names::of).distinct().forEach(sources::add);
        json.set(RecipeExtension.KEY, origin.recipe());
        return json.toPrettyString() + "\n";
    }

    /** Lets it appear. */
    void commit() throws IOException {
        target.commit();
        close();
    }

    /** Takes away the sidecar of the image that is going to be replaced, if there is one. */
    void withdrawEarlier() throws IOException {
        if (!isNew) {
            earlier = Files.readAllBytes(path);
            Files.delete(path);
        }
    }

    /** Has things as they were, where the image did not come to be. */
    void takeBack() throws IOException {
        if (isNew) {
            Files.deleteIfExists(path);
        } else if (earlier != null) {
            Files.write(path, earlier);
        }
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            target.close();
        }
    }
}
