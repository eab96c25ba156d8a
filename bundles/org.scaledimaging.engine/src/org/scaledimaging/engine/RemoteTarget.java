package org.scaledimaging.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.s3.write.ObjectFile;
import org.scaledimaging.engine.s3.write.ObjectTarget;
import org.scaledimaging.engine.target.TemporaryFolder;

/** An address of an object store that an image is written to. */
record RemoteTarget(ImageLocation.Remote place, boolean overwrite) {
    private static final double WRITING = 0.8;

    /** @throws TargetException when it is an address that can only be read from */
    static RemoteTarget of(ImageLocation place, boolean overwrite) throws TargetException {
        place.checkTarget();
        return new RemoteTarget((ImageLocation.Remote) place, overwrite);
    }

    /**
     * Says now what writing would say.
     *
     * @param sources what is read, as paths and addresses
     */
    void check(List<String> sources) throws IOException {
        String here = place.toString();
        for (String source : sources) {
            if (here.startsWith(source + "/")) {
                throw new TargetException(
                        place, "a place inside the image " + source + " that is read", "a place outside it");
            } else if ((source + "/").startsWith(here + "/")) {
                throw new TargetException(
                        place, "a place that holds the image " + source + " that is read", "a place apart from it");
            }
        }
        ObjectTarget.checkFree(place.address(), isThere(), overwrite);
    }

    /** Whether there is anything already. */
    boolean isThere() throws IOException {
        return ObjectTarget.isThere(place.address());
    }

    /** Writes a temporary file, and uploads it with what was written beside it, itself last. */
    void save(Execution execution, Saving.Writing writing) throws IOException, ParameterException {
        Progress progress = execution.progress();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path file = Files.createDirectory(folder.path().resolve("image")).resolve(place.name());
            writing.write(file, execution.part(0, WRITING));
            Progress uploading = progress.part(WRITING, 1);
            for (Path beside : besides(file)) {
                ImageLocation.Remote there = sibling(beside.getFileName().toString());
                ObjectFile.upload(beside, there.address(), true, done -> {});
            }
            ObjectFile.upload(file, place.address(), overwrite, done -> {
                uploading.report(done, "uploading");
                uploading.checkCancelled();
            });
        }
    }

    private static List<Path> besides(Path file) throws IOException {
        try (Stream<Path> all = Files.list(file.getParent())) {
            return new ArrayList<>(all.filter(other -> !other.equals(file))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList());
        }
    }

    private ImageLocation.Remote sibling(String name) throws IOException {
        String here = place.toString();
        ImageLocation folder = ImageLocation.parse(here.substring(0, here.lastIndexOf('/')));
        return (ImageLocation.Remote) folder.inside(name);
    }
}
