package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.omezarr.collection.CollectionLayout;
import org.scaledimaging.engine.format.omezarr.collection.CollectionMetadata;
import org.scaledimaging.engine.format.omezarr.collection.Member;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.s3.write.ObjectTarget;
import org.scaledimaging.engine.target.AtomicTarget;

/** Writes plates and collections: the images one after another, then what is around them, all or nothing. */
public final class CollectionWriter {
    private CollectionWriter() {}

    /** Writes one image. */
    @FunctionalInterface
    public interface Images {
        /**
         * @param member which image
         * @param target the folder to write it to, which does not exist yet
         */
        void write(Member member, ImageLocation target, Execution execution) throws IOException, ParameterException;
    }

    /**
     * Writes a plate or a collection that holds what another does. The target appears when all images are written, or not at
     * all.
     *
     * @param layout of a plate or collection, not of a well alone
     * @param images is asked for each, in the layout's order
     * @throws ParameterException when an option does not fit the target's name or an image, which the sentence names
     * @throws TargetException when the target cannot be written
     */
    public static void write(
            CollectionLayout layout,
            ImageLocation target,
            OmeZarrWriteOptions options,
            Images images,
            Execution execution)
            throws IOException, ParameterException {
        ZipTarget.check(target.name(), options);
        List<Member> members = layout.members();
        List<Path> sources = sources(layout, options);
        boolean remote = target instanceof ImageLocation.Remote;
        if (target instanceof ImageLocation.Remote there) {
            checkFree(there);
        }
        OmeZarrWriteOptions here = options.withSources(sources).withOverwrite(options.overwrite() && !remote);
        try (Workplace place = Workplace.at(target, here, sources, false)) {
            ZipTarget.Content content = (folder, part) -> {
                ImageLocation root =
                        folder instanceof FolderWorkplace local ? ImageLocation.of(local.folder()) : target;
                writeAll(members, root, images, part);
                CollectionMetadata.write(folder.store(), layout, options.version());
            };
            ZipTarget.write(target, place, here, execution, content);
            layout.checkUnchanged();
            place.commit(execution.progress());
        }
    }

    /**
     * Says now what {@link #write} would say of the target.
     *
     * @throws ParameterException when the version does not go with its name
     */
    public static void check(CollectionLayout layout, ImageLocation target, OmeZarrWriteOptions options)
            throws IOException, ParameterException {
        ZipTarget.check(target.name(), options);
        if (target instanceof ImageLocation.Remote remote) {
            checkFree(remote);
        } else {
            AtomicTarget.check(target.path().orElseThrow(), options.overwrite(), sources(layout, options));
        }
    }

    /** Its images could not be replaced all at once. */
    private static void checkFree(ImageLocation.Remote target) throws IOException {
        if (ObjectTarget.isThere(target.address())) {
            throw new TargetException(
                    target.address(),
                    "objects that are there already",
                    "a name that is free: plates and collections in object stores are not replaced");
        }
    }

    private static List<Path> sources(CollectionLayout layout, OmeZarrWriteOptions options) {
        List<Path> sources = new ArrayList<>(options.sources());
        layout.location().path().ifPresent(sources::add);
        return sources;
    }

    private static void writeAll(List<Member> members, ImageLocation root, Images images, Execution execution)
            throws IOException, ParameterException {
        if (root.path().isPresent()) {
            Files.createDirectories(root.path().get());
        }
        int count = members.size();
        for (int i = 0; i < count; i++) {
            Member member = members.get(i);
            Progress progress = execution
                    .progress()
                    .part((double) i / count, (i + 1.0) / count)
                    .about(member.path());
            progress.checkCancelled();
            Execution part =
                    execution.withProgress(progress).withNotices(notice -> execution.tell(notice.about(member.path())));
            try {
                images.write(member, root.inside(member.path()), part);
            } catch (ParameterException e) {
                throw e.about(member.path());
            }
        }
    }
}
