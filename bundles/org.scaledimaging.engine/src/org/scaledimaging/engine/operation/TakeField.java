package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.view.BorrowedSource;

/** Takes the field that a plugin estimates, at full resolution, instead of the image it is applied to. */
public record TakeField(ProcessByPlugin of) implements Operation {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.ofPlugin(
            TakeField.class,
            "field",
            "Takes the field that a plugin estimates.",
            ProcessByPlugin.PARAMETERS,
            (values, plugin, parameters) -> new TakeField(
                    (ProcessByPlugin) ProcessByPlugin.KIND.factory().make(values, plugin, parameters)));

    @Override
    public Map<String, Object> values() {
        return of.values();
    }

    @Override
    public Optional<String> plugin() {
        return of.plugin();
    }

    @Override
    public Map<String, Object> parameters() {
        return of.parameters();
    }

    @Override
    public Map<String, Object> images() {
        return of.images();
    }

    @Override
    public Optional<ProcessByPlugin> process() {
        return Optional.of(of);
    }

    @Override
    public Operation withProcess(ProcessByPlugin process) {
        return new TakeField(process);
    }

    @Override
    public boolean keepsLabels() {
        return false;
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws IOException, ParameterException {
        ScaledProcessing.Result result = of.apply(image, run);
        return BorrowedSource.of(result.field(), result.image());
    }

    @Override
    public Effect effect() {
        return Effect.COMPUTED;
    }
}
