package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.omezarr.OmeZarrFormat;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.knime.connection.Upload;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.save.SaveOmeZarrParameters;
import org.scaledimaging.knime.setting.text.NodePlaces;
import org.scaledimaging.knime.work.Kept;
import org.scaledimaging.knime.work.OmeZarrOrder;
import org.scaledimaging.knime.work.Work;

/** Save OME-Zarr: where an image's pixels are computed and written. */
public final class SaveOmeZarrNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Save OME-Zarr")
            .icon("save-ome-zarr.png")
            .shortDescription("Writes an image as OME-Zarr with a pyramid, as a folder or a zip file.")
            .fullDescription(
                    "Computes an image block by block and writes it as OME-Zarr with its pyramid, in one pass and"
                            + " bounded memory. The written image is the output, so that workflows can go on from it.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports -> PortGroups.connected(ports, "Where the OME-Zarr is written.")
                    .in("Image", "The image to write.")
                    .out("Written image", "The image as it was written."))
            .model(Work.model(
                    SaveOmeZarrParameters.class, SaveOmeZarrNodeFactory::configure, SaveOmeZarrNodeFactory::execute))
            .nodeType(NodeType.Sink)
            .keywords("writer", "save", "Zarr", "write", "export", "pyramid", "big image")
            .addExternalResource("https://ngff.openmicroscopy.org/", "OME-Zarr: the format's specification");

    public SaveOmeZarrNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput input, ConfigureOutput output) throws ParameterException, IOException {
        SaveOmeZarrParameters parameters = input.getParameters();
        ImageMetadata image = Work.image(input).metadata();
        Optional<Path> target = parameters.targetHere(image, NodePlaces.of(input.getInPortSpecs()));
        parameters.checkName();
        if (target.isPresent()) {
            Work.warn(target.get(), parameters.overwrite(), output);
        }
        output.setOutSpec(0, ScaledImagePortObjectSpec.of(OmeZarrOrder.of(image)));
    }

    private static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        SaveOmeZarrParameters parameters = input.getParameters();
        ScaledImagePortObject object = Work.image(input);
        ImageLocation target = parameters.target(object.getSpec().metadata(), NodePlaces.of(input.getInPortObjects()));
        Optional<FileStore> store = isFileElsewhere(target)
                ? Optional.of(Kept.store("image", input.getExecutionContext()))
                : Optional.empty();
        Optional<ImageLocation> kept =
                store.map(folder -> ImageLocation.of(Kept.folder(folder).resolve(target.name())));
        try (Image image = object.open(execution)) {
            if (target instanceof ImageLocation.Remote) {
                image.saveOmeZarr(target, parameters.options(), execution);
            } else {
                Upload.write(
                        target,
                        ConnectionPort.handling(parameters),
                        (place, part) -> {
                            image.saveOmeZarr(place, parameters.options(), part);
                            if (kept.isPresent()) {
                                Files.copy(place, kept.get().path().orElseThrow());
                            }
                        },
                        execution);
            }
        } catch (IOException e) {
            throw FileFailures.explain(e, target);
        }
        try (Image written = Image.open(kept.orElse(target))) {
            output.setOutData(0, ScaledImagePortObject.of(written, store));
        }
    }

    /** Single files on other file systems are not read where they are: a copy in the workflow stands for a zip file. */
    private static boolean isFileElsewhere(ImageLocation target) {
        String name = target.name().toLowerCase(Locale.ROOT);
        return target instanceof ImageLocation.Elsewhere
                && new OmeZarrFormat().names().fileEndings().stream().anyMatch(name::endsWith);
    }
}
