package org.scaledimaging.knime.setting;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.knime.core.webui.node.dialog.defaultdialog.internal.file.FileSelection;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.knime.node.parameters.widget.message.TextMessage;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.setting.choice.ImageParts;
import org.scaledimaging.knime.setting.text.NodePlaces;

/** The choices that the dialog of Load Image offers of the image at the place that is typed there. */
public final class LoadChoices {
    private static final long PATIENCE_SECONDS = 5;

    private LoadChoices() {}

    /** Which image. */
    public static final class Path implements ParameterReference<FileSelection> {}

    /** Which of a collection. */
    public static final class Series implements ParameterReference<Optional<Integer>> {}

    /** Which of a plate. */
    public static final class Well implements ParameterReference<String> {}

    /** Which of a well. */
    public static final class FieldOfView implements ParameterReference<Optional<Integer>> {}

    /** What is said of its axes. */
    public static final class Axes implements ParameterReference<String> {}

    /** What is said of its pages. */
    public static final class Pages implements ParameterReference<String> {}

    /**
     * The image, or why it cannot be looked at.
     *
     * @param sentence empty where no place is given yet
     */
    public record Found(Optional<ImageParts> parts, String sentence) {}

    /** Opens the image once the dialog is open, and again when another is meant; slow servers are not waited for. */
    public static final class Looking implements StateProvider<Found> {
        private Supplier<FileSelection> path;
        private Supplier<Optional<Integer>> series;
        private Supplier<String> well;
        private Supplier<Optional<Integer>> fieldOfView;
        private Supplier<String> axes;
        private Supplier<String> pages;

        @Override
        public void init(StateProviderInitializer initializer) {
            initializer.computeAfterOpenDialog();
            path = initializer.computeFromValueSupplier(Path.class);
            series = initializer.computeFromValueSupplier(Series.class);
            well = initializer.computeFromValueSupplier(Well.class);
            fieldOfView = initializer.computeFromValueSupplier(FieldOfView.class);
            axes = initializer.computeFromValueSupplier(Axes.class);
            pages = initializer.computeFromValueSupplier(Pages.class);
        }

        @Override
        public Found computeState(NodeParametersInput input) {
            LoadImageParameters typed = new LoadImageParameters();
            typed.path = path.get();
            typed.series = series.get();
            typed.well = well.get();
            typed.fieldOfView = fieldOfView.get();
            typed.axes = axes.get();
            typed.pages = pages.get();
            return look(typed, NodePlaces.of(input.getInPortSpecs()));
        }
    }

    static Found look(LoadImageParameters typed, NodePlaces places) {
        if (typed.place().isBlank()) {
            return new Found(Optional.empty(), "");
        }
        FutureTask<ImageParts> looking;
        try {
            ImageLocation location = typed.location(places, false); // here, where KNIME knows which workflow is meant
            looking = new FutureTask<>(() -> {
                try (Image image = typed.whole(location)) {
                    return ImageParts.of(image);
                }
            });
        } catch (ParameterException e) {
            return new Found(Optional.empty(), Sentences.of(e));
        }
        Thread thread = new Thread(looking, "scaled-imaging-dialog");
        thread.setDaemon(true);
        thread.start();
        try {
            return new Found(Optional.of(looking.get(PATIENCE_SECONDS, TimeUnit.SECONDS)), "");
        } catch (ExecutionException e) {
            boolean said = e.getCause() instanceof ParameterException || e.getCause() instanceof IOException;
            return new Found(
                    Optional.empty(), said ? Sentences.of((Exception) e.getCause()) : String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            looking.cancel(true);
            return new Found(Optional.empty(), typed.place().strip() + ": no answer within 5 seconds.");
        } catch (InterruptedException e) {
            looking.cancel(true);
            Thread.currentThread().interrupt();
            return new Found(Optional.empty(), "");
        }
    }

    /** Parts of the image that was found; numbers where none was. */
    private abstract static class OfFound implements StringChoicesProvider {
        private final Function<ImageParts, List<StringChoice>> choices;
        private Supplier<Found> found;

        OfFound(Function<ImageParts, List<StringChoice>> choices) {
            this.choices = choices;
        }

        @Override
        public final void init(StateProviderInitializer initializer) {
            found = initializer.computeFromProvidedState(Looking.class);
        }

        @Override
        public final List<StringChoice> computeState(NodeParametersInput context) {
            return found.get().parts().map(choices).orElseGet(ImageParts::numbers);
        }
    }

    /** The image's resolutions. */
    public static final class Levels extends OfFound {
        public Levels() {
            super(ImageParts::resolutions);
        }
    }

    /** Its channels. */
    public static final class Channels extends OfFound {
        public Channels() {
            super(ImageParts::channels);
        }
    }

    /** Its time points. */
    public static final class TimePoints extends OfFound {
        public TimePoints() {
            super(ImageParts::timePoints);
        }
    }

    /** What the image is, or why that is not known, in a box below its place. */
    public static final class Description implements StateProvider<Optional<TextMessage.Message>> {
        private Supplier<Found> found;

        @Override
        public void init(StateProviderInitializer initializer) {
            found = initializer.computeFromProvidedState(Looking.class);
        }

        @Override
        public Optional<TextMessage.Message> computeState(NodeParametersInput input) {
            return message(found.get());
        }
    }

    static Optional<TextMessage.Message> message(Found found) {
        if (found.parts().isPresent()) {
            return Optional.of(
                    new TextMessage.Message("The image", found.parts().get().sentence(), TextMessage.MessageType.INFO));
        }
        return Optional.of(found.sentence())
                .filter(sentence -> !sentence.isEmpty())
                .map(sentence -> new TextMessage.Message(
                        "The image cannot be looked at from here", sentence, TextMessage.MessageType.INFO));
    }
}
