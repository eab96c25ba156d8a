package org.scaledimaging.cli.verb.serve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.cli.option.InputOptions;
import org.scaledimaging.cli.serve.Correction;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Convert;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.RecipeJson;
import org.scaledimaging.engine.operation.recipe.SourceReference;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.EstimatedSource;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/**
 * The image that is to be served: an input, or the one that a recipe starts from, with the recipe. Nothing is estimated
 * yet.
 */
final class ServedInput implements Closeable {
    private static final long MOST_BYTES = 16 << 20;

    /** What is read whole for each view from afar takes longer than somebody likes to wait. */
    private static final double LARGE_VOXELS = 1 << 26;

    private final InputOptions options;
    private final Optional<Recipe> recipe;
    private Optional<Image> image;

    private ServedInput(InputOptions options, Optional<Recipe> recipe, Image image) {
        this.options = options;
        this.recipe = recipe;
        this.image = Optional.of(image);
    }

    /** A recipe's steps, where parameters of its plugins can be tried: plugins, with nothing but a pixel type behind. */
    record Steps(List<Operation> before, List<ProcessByPlugin> plugins, List<Operation> after) {}

    /**
     * Opens it, and looks at a recipe's steps.
     *
     * @throws ParameterException when there is no such image of a collection, or a step of a recipe does not fit
     */
    static ServedInput open(ImageLocation place, InputOptions options) throws IOException, ParameterException {
        if (!isRecipe(place)) {
            return new ServedInput(options, Optional.empty(), options.open(place));
        }
        Recipe given = read(place.path().orElseThrow());
        ImageLocation source = given.source().place();
        ImageLocation chosen = options.chosen(source);
        if (chosen.equals(source)) {
            given.source().checkUnchanged();
        }
        Recipe recipe = chosen.equals(source) ? given : new Recipe(SourceReference.of(chosen), given.operations());
        Image image = Image.open(chosen);
        try {
            image.expected(recipe.operations());
        } catch (IOException | ParameterException | RuntimeException e) {
            image.close();
            throw e;
        }
        return new ServedInput(options, Optional.of(recipe), image);
    }

    /** By its name: what is in a file that ends so is no image. */
    static boolean isRecipe(ImageLocation place) {
        return place.path().filter(path -> path.toString().endsWith(".json")).isPresent();
    }

    private static Recipe read(Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
            throw new ImageFormatException(file, Files.size(file) + " bytes", "a recipe, a JSON file");
        }
        return RecipeJson.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file.toString());
    }

    boolean isRecipe() {
        return recipe.isPresent();
    }

    /** The image, or the one that the recipe starts from. */
    Image image() {
        return image.orElseThrow();
    }

    /** The pixel type that the image was read with. */
    PixelType typeRead() {
        return isRecipe() ? image().metadata().pixelType() : options.typeRead(image());
    }

    /** The image, to be closed by whoever takes it. */
    Image take() {
        Image taken = image();
        image = Optional.empty();
        return taken;
    }

    /** What the recipe makes of it, by estimates of its own or those that it has; to be closed by whoever calls. */
    Image result(Execution execution) throws IOException, ParameterException {
        Image result = options.part(Image.open(recipe.orElseThrow(), execution));
        result.prepare(execution);
        return result;
    }

    /** The recipe's steps; nothing where parameters of plugins cannot be tried. */
    Optional<Steps> steps() {
        if (recipe.isEmpty() || options.hasPart()) {
            return Optional.empty();
        }
        List<Operation> before = new ArrayList<>();
        List<ProcessByPlugin> plugins = new ArrayList<>();
        List<Operation> after = new ArrayList<>();
        for (Operation operation : recipe.get().operations()) {
            boolean ends = !after.isEmpty();
            if (operation instanceof ProcessByPlugin plugin && !ends) {
                plugins.add(plugin);
            } else if (operation instanceof Convert && !plugins.isEmpty()) {
                after.add(operation);
            } else if (plugins.isEmpty() && operation.plugin().isEmpty()) {
                before.add(operation);
            } else {
                return Optional.empty();
            }
        }
        return plugins.isEmpty() ? Optional.empty() : Optional.of(new Steps(before, plugins, after));
    }

    /** Why parameters cannot be tried, in a sentence. */
    String whyNoSteps() {
        if (recipe.isEmpty()) {
            return "No plugin was given: the image is shown as it is. With --plugin ID, its parameters can be tried here.";
        }
        boolean runs = recipe.get().operations().stream()
                .anyMatch(operation -> operation.process().isPresent());
        return !runs
                ? "The recipe runs no plugin: its result is shown as it is."
                : options.hasPart()
                        ? "Parameters of a recipe's plugins can be tried without --level, --channel, --time and"
                                + " --subtract; its result is shown as it is."
                        : "The recipe does more than run plugins on an image and convert the result, so their parameters"
                                + " cannot be tried here; its result is shown as it is.";
    }

    /** The plugins of a recipe's steps. */
    static Correction correction(Steps steps) throws ParameterException {
        return Correction.of(steps.plugins(), PluginRegistry.installed());
    }

    /**
     * Seen from afar, a large image without a pyramid is seen by its low-resolution image, or would be read whole.
     *
     * @param image closed with the result, and where this fails
     */
    static Image fromAfar(Image image, ScaledProcessingOptions options, Execution execution)
            throws IOException, ParameterException {
        if (!isLarge(image)) {
            return image;
        }
        try {
            return Image.of(EstimatedSource.of(image.source(), options, execution));
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            image.close();
            throw e;
        }
    }

    private static boolean isLarge(Image image) {
        boolean labels = image.metadata().labels(); // which have no means
        return Levels.voxels(image.source()) >= LARGE_VOXELS
                && !labels
                && image.source().levels().size() == 1;
    }

    /** Says now what {@link #fromAfar} would say of the image, or of the one that the recipe starts from. */
    void checkFromAfar(ScaledProcessingOptions options, Execution execution) throws ParameterException {
        if (isLarge(image())) {
            ScaledProcessing.check(image().metadata(), List.of(), options, execution);
        }
    }

    @Override
    public void close() throws IOException {
        if (image.isPresent()) {
            image.get().close();
        }
    }
}
