package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.connection.Upload;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.setting.save.SaveFileParameters;
import org.scaledimaging.knime.setting.text.NodePlaces;
import org.scaledimaging.knime.setting.text.OutputType;
import org.scaledimaging.knime.work.Work;

/** The work of nodes that write an image as a single file, whatever the format. */
final class FileSaving {
    private FileSaving() {}

    static void configure(ConfigureInput input, ConfigureOutput output) throws ParameterException, IOException {
        SaveFileParameters parameters = input.getParameters();
        parameters.options();
        ImageMetadata image = Work.image(input).metadata();
        Optional<Path> target = parameters.targetHere(image, NodePlaces.of(input.getInPortSpecs()));
        if (target.isPresent()) {
            Work.warn(target.get(), parameters.overwrite(), output);
        }
    }

    static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        SaveFileParameters parameters = input.getParameters();
        ScaledImagePortObject object = Work.image(input);
        ImageLocation target = parameters.target(object.getSpec().metadata(), NodePlaces.of(input.getInPortObjects()));
        try (Image image = object.open(execution)) {
            Image converted = OutputType.convert(image, parameters.type(), image.metadata());
            Upload.write(
                    target,
                    ConnectionPort.handling(parameters),
                    (file, part) -> parameters.save(converted, file, part),
                    execution);
        } catch (IOException e) {
            throw FileFailures.explain(e, target);
        }
    }
}
