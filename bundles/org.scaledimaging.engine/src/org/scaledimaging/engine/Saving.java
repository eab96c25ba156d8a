package org.scaledimaging.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.format.FileWriteOptions;
import org.scaledimaging.engine.format.FileWriter;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.PyramidScaling;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.nifti.NiftiWriter;
import org.scaledimaging.engine.format.nifti.Origin;
import org.scaledimaging.engine.format.omezarr.OmeZarrWriter;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.format.tiff.write.TiffWriter;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.geometry.TakeLevel;
import org.scaledimaging.engine.operation.recipe.Passes;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.RecipeJson;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.AtomicTarget;

/** Writes an image, with its recipe, to files. */
record Saving(Derivation of) {

    void omeZarr(ImageLocation target, OmeZarrWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        if (target.path().isEmpty()) {
            check(target, options.overwrite(), List.of());
            if (!OmeZarrWriter.isFolder(target.name())) {
                RemoteTarget.of(target, options.overwrite())
                        .save(execution, (file, part) -> omeZarr(ImageLocation.of(file), options, part));
                return;
            }
        }
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled);
                JobScope.Working working = of.job().begin()) {
            Execution ready = of.prepared(execution);
            of.levels().check(ready);
            ObjectNode provenance =
                    of.recipe().map(known -> json(known, options.noPaths())).orElse(null);
            boolean alone = execution.executor().sharesMemory();
            try (LabelsBeside labels = LabelsBeside.of(of, options.labelsAlong(), execution)) {
                OmeZarrWriter.write(
                        of.source(),
                        alone || of.recipe().isEmpty()
                                ? Optional.empty()
                                : Optional.of(Passes.describe(of.recipe().get(), of.opened())),
                        labels.images(!alone, options.noPaths()),
                        target,
                        resolved(options).withSources(sources(options.sources())),
                        provenance,
                        ready);
            }
        }
    }

    OmeZarrWriteOptions resolved(OmeZarrWriteOptions options) throws IOException, ParameterException {
        if (options.pyramid().kind() != PyramidScaling.Kind.SOURCE
                || of.recipe().isEmpty()) {
            return options;
        }
        List<Operation> operations = of.recipe().get().operations();
        int first = !operations.isEmpty() && operations.get(0) instanceof TakeLevel taken ? taken.level() : 0;
        try (ImageSource original = ImageFormats.open(of.recipe().get().source().place(), Instant.now())) {
            List<ImageSource> levels = original.levels();
            return options.withPyramid(options.pyramid().resolved(levels.subList(first, levels.size())));
        }
    }

    void nifti(ImageLocation target, NiftiWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        oneFile("a NIfTI file", target, options.overwrite(), execution, (file, ready) -> {
            Optional<Origin> origin = of.recipe()
                    .map(known -> new Origin(json(known, options.noPaths()), known.locations(), options.noPaths()));
            NiftiWriter.write(of.source(), file, options.withSources(sources(options.sources())), origin, ready);
        });
    }

    void tiff(ImageLocation target, TiffWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        oneFile(
                "an OME-TIFF",
                target,
                options.overwrite(),
                execution,
                (file, ready) -> TiffWriter.write(
                        of.source(),
                        file,
                        options.withSources(sources(options.sources())),
                        recipe(options.noPaths()),
                        ready));
    }

    void file(FileWriter writer, ImageLocation target, FileWriteOptions options, Execution execution)
            throws IOException, ParameterException {
        oneFile(
                "a single file",
                target,
                options.overwrite(),
                execution,
                (file, ready) -> writer.write(
                        of.source(),
                        file,
                        options.withSources(sources(options.sources())),
                        recipe(options.noPaths()),
                        ready));
    }

    /** Writes a file. */
    @FunctionalInterface
    interface Writing {
        void write(Path file, Execution ready) throws IOException, ParameterException;
    }

    /** Says of the place what writing there would say. */
    void check(ImageLocation target, boolean overwrite, Collection<Path> sources) throws IOException {
        if (target.path().isPresent()) {
            AtomicTarget.check(target.path().get(), overwrite, sources);
        } else {
            RemoteTarget.of(target, overwrite)
                    .check(of.recipe().map(Recipe::locations).orElse(List.of()));
        }
    }

    private void oneFile(String what, ImageLocation target, boolean overwrite, Execution execution, Writing writing)
            throws IOException, ParameterException {
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled);
                JobScope.Working working = of.job().begin()) {
            if (!execution.executor().sharesMemory()) {
                throw new ParameterException(
                        Setting.EXECUTOR,
                        execution.executor().name() + " for " + what,
                        "threads, or a target that ends with .ome.zarr: one file cannot be written by several"
                                + " processes");
            }
            Execution ready = of.prepared(execution);
            of.levels().check(ready);
            LabelsBeside.tellWithoutPlace(of, execution);
            if (target.path().isPresent()) {
                writing.write(target.path().get(), ready);
            } else {
                check(target, overwrite, List.of());
                RemoteTarget.of(target, overwrite).save(ready, writing);
            }
        }
    }

    private Optional<ObjectNode> recipe(boolean noPaths) {
        return of.recipe().map(known -> json(known, noPaths));
    }

    private static ObjectNode json(Recipe recipe, boolean noPaths) {
        return RecipeJson.write(noPaths ? recipe.withoutPaths() : recipe);
    }

    private Collection<Path> sources(Collection<Path> given) {
        return given.isEmpty() ? of.recipe().map(Recipe::sources).orElse(List.of()) : given;
    }
}
