package org.scaledimaging.knime.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.ExecutionContext;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.Effort;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.TemporaryFolder;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.ScaledProcessingParameters;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.OutputType;
import org.scaledimaging.knime.view.ProcessingView;

/** One execution of Scaled Processing. */
public record ProcessingJob(
        ScaledProcessingParameters parameters,
        ScaledImagePortObject input,
        Optional<ScaledImagePortObject> second,
        ExecutionContext context,
        ExecuteOutput output) {
    public static final String TEMPORARY_TITLE = "Folder of the temporary OME-Zarr";

    public void run(Execution execution) throws ParameterException, IOException {
        boolean lazy = parameters.result == ScaledProcessingParameters.Result.LAZY;
        FileStore store = Kept.continued("estimate", input, context);
        Path folder = Kept.folder(store);
        Optional<String> recipe =
                second.isPresent() ? Optional.of(Kept.recipe(second.get(), folder, execution)) : Optional.empty();
        ScaledProcessingPlugin plugin = parameters.create(recipe);
        ScaledProcessingOptions options =
                temporary(parameters.options(recipe), lazy, execution).withEstimateFile(Kept.nextEstimate(folder));
        try (Image opened = input.open(Optional.of(folder), execution)) {
            Image image = parameters.subtract == 0 ? opened : opened.subtract(parameters.subtract);
            double estimated =
                    lazy ? 1 : Effort.of(image.source(), plugin, options).beforeWriting();
            List<Notice> told = Collections.synchronizedList(new ArrayList<>());
            Execution estimating = execution.part(0, estimated).withNotices(notice -> {
                told.add(notice);
                execution.tell(notice);
            });
            Execution computing = execution.part(estimated, 1);
            try (Image processed = image.applyScaledProcessing(plugin, options, estimating)) {
                ScaledImagePortObject field =
                        ScaledImagePortObject.of(processed.field().orElseThrow(), Optional.of(store));
                Image converted = OutputType.convert(processed, parameters.pixelType, opened.metadata());
                converted.checkPixelType(estimating);
                ScaledImagePortObject result = lazy
                        ? ScaledImagePortObject.of(converted, Optional.of(store))
                        : Kept.pixels(converted, Kept.store("image", context), computing);
                output.setOutData(0, result);
                output.setOutData(1, field);
                FileStore view = Kept.store("view", context);
                Execution untold = execution.withProgress(execution.progress().untold());
                ProcessingView.keep(processed, List.copyOf(told), view, untold)
                        .ifPresent(kept -> output.setInternalData(kept, input, result, field));
            }
        }
    }

    private ScaledProcessingOptions temporary(ScaledProcessingOptions options, boolean lazy, Execution execution)
            throws ParameterException, IOException {
        if (!parameters.useTemporary) {
            return options;
        }
        if (lazy && !parameters.keepTemporary) {
            execution.tell(
                    Notice.warning("The temporary OME-Zarr was not written: a result that is computed when needed"
                            + " interpolates the field."));
            return options;
        }
        ScaledProcessingOptions with = options.withTempZarr(true).withKeepTemp(parameters.keepTemporary);
        if (!parameters.temporaryFolder.isEmpty()) {
            return with.withTempZarrPath(Location.path(TEMPORARY_TITLE, parameters.temporaryFolder));
        }
        if (!parameters.keepTemporary) {
            return with;
        }
        Path place = TemporaryFolder.createKept().resolve("field.ome.zarr");
        execution.tell(Notice.warning("The temporary OME-Zarr is kept: " + place));
        return with.withTempZarrPath(place);
    }
}
