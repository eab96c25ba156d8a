package org.scaledimaging.engine;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.format.omezarr.labels.LabelImage;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.ForeignAttributes;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.TakeField;
import org.scaledimaging.engine.operation.recipe.Passes;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.RecipeJson;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.view.DescribedSource;

/**
 * The label images beside the image that another was made of, as they belong beside that one: as they are where its voxels
 * are the same ones, else with the same done to them, if that is wanted. Those that are left out are named in a notice.
 */
final class LabelsBeside implements Closeable {
    private static final String LEFT_OUT = "Label images beside the image are left out";
    private static final String LABELS_ITSELF = "for the result is labels itself";
    private static final String MOVED = "for the image's voxels are others now";
    private static final String OTHER_VOXELS = "for their voxels are not the image's";
    private static final String NO_LABELS = "for nothing says that their values are labels";

    private final Recipe recipe;
    private final Map<String, List<String>> leftOut = new LinkedHashMap<>();
    private final Map<String, Derivation> kept = new LinkedHashMap<>();

    private LabelsBeside(Recipe recipe) {
        this.recipe = recipe;
    }

    /**
     * Looks which there are; of an image without a recipe none.
     *
     * @param along whether what was done to the image is done to them
     * @param execution is told what is left out
     */
    static LabelsBeside of(Derivation image, boolean along, Execution execution) throws IOException {
        Optional<Recipe> recipe = image.recipe()
                .filter(known -> known.operations().stream().noneMatch(operation -> operation instanceof TakeField));
        if (recipe.isEmpty()) {
            return new LabelsBeside(null);
        }
        LabelsBeside beside = new LabelsBeside(recipe.get());
        Map<String, ImageLocation> places =
                ImageFormats.labels(recipe.get().source().place());
        if (!places.isEmpty()) {
            beside.look(places, along, execution);
            beside.tell(execution);
        }
        return beside;
    }

    /** Says which ones a format has no place for. */
    static void tellWithoutPlace(Derivation image, Execution execution) throws IOException {
        try (LabelsBeside beside = of(image, true, execution)) {
            if (!beside.kept.isEmpty()) {
                List<String> names = List.copyOf(beside.kept.keySet());
                execution.tell(Notice.information(sentence("for the format holds one image", names)));
            }
        }
    }

    private void look(Map<String, ImageLocation> places, boolean along, Execution execution) throws IOException {
        if (!recipe.operations().stream().allMatch(Operation::keepsLabels)) {
            places.keySet().forEach(name -> leaveOut(LABELS_ITSELF, name));
            return;
        }
        ImageMetadata original;
        try (ImageSource source = ImageFormats.open(recipe.source().place(), Instant.now())) {
            original = source.metadata();
        }
        for (Map.Entry<String, ImageLocation> place : places.entrySet()) {
            look(place.getKey(), place.getValue(), original, along, execution);
        }
    }

    private void look(String name, ImageLocation place, ImageMetadata original, boolean along, Execution execution)
            throws IOException {
        Derivation labels;
        try {
            labels = Derivation.open(place);
        } catch (ImageFormatException e) {
            execution.tell(Notice.warning("The label image " + name + " is left out: " + e.getMessage()));
            return;
        }
        Optional<String> reason = Optional.of(NO_LABELS);
        Derivation changed = labels;
        try {
            boolean known = labels.source().metadata().labels();
            if (known
                    || labels.source().metadata().pixelType().isInteger()
                            && execution.executor().sharesMemory()) {
                changed = along(labels, original);
                long[] before = labels.source().metadata().shape();
                boolean moved = !Arrays.equals(changed.source().metadata().shape(), before);
                reason = moved && !along ? Optional.of(MOVED) : Optional.empty();
            }
        } catch (ParameterException e) {
            reason = Optional.of(OTHER_VOXELS);
        } finally {
            if (reason.isPresent()) {
                changed.source().close();
            }
        }
        if (reason.isPresent()) {
            leaveOut(reason.get(), name);
        } else {
            kept.put(name, changed);
        }
    }

    /** @throws ParameterException when something that was done to the image cannot be done to the labels */
    private Derivation along(Derivation labels, ImageMetadata original) throws ParameterException {
        Derivation at = labels;
        for (Operation operation : recipe.operations()) {
            Optional<Operation> here = operation.onLabels(at.source().metadata());
            if (here.isPresent()) {
                if (!SpatialAxes.areAlike(labels.source().metadata(), original)) {
                    throw new ParameterException("labels", OTHER_VOXELS, "the image's");
                }
                at = at.apply(here.get());
            }
        }
        return at;
    }

    private void leaveOut(String reason, String name) {
        leftOut.computeIfAbsent(reason, any -> new ArrayList<>()).add(name);
    }

    private void tell(Execution execution) {
        leftOut.forEach((reason, names) -> execution.tell(Notice.information(sentence(reason, names)
                + (reason.equals(MOVED) ? " " + Setting.WITH_LABELS + " does to them what was done to it." : ""))));
    }

    private static String sentence(String reason, List<String> names) {
        return LEFT_OUT + ", " + reason + ": " + String.join(", ", names) + ".";
    }

    /**
     * As they are to be written.
     *
     * @param elsewhere whether other processes write them
     */
    List<LabelImage> images(boolean elsewhere, boolean noPaths) throws ParameterException {
        List<LabelImage> images = new ArrayList<>();
        for (Map.Entry<String, Derivation> one : kept.entrySet()) {
            Derivation labels = one.getValue();
            Recipe known = labels.known();
            Optional<Description> description =
                    elsewhere ? Optional.of(Passes.describe(known, labels.opened())) : Optional.empty();
            images.add(new LabelImage(
                    one.getKey(),
                    described(labels.source()),
                    description,
                    RecipeJson.write(noPaths ? known.withoutPaths() : known)));
        }
        return images;
    }

    /** The labels, said to be so, without what tells of values that the image has no more. */
    private ImageSource described(ImageSource labels) {
        ImageMetadata metadata = labels.metadata().withLabels(true);
        boolean computed =
                recipe.operations().stream().anyMatch(operation -> operation.effect() == Operation.Effect.COMPUTED);
        return DescribedSource.of(
                labels,
                computed
                        ? metadata.withAttributes(metadata.attributes().map(ForeignAttributes::besideOtherValues))
                        : metadata);
    }

    @Override
    public void close() throws IOException {
        for (Derivation labels : kept.values()) {
            labels.source().close();
        }
    }
}
