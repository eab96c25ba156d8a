package org.scaledimaging.knime.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.target.TemporaryFolder;
import org.scaledimaging.knime.connection.Download;
import org.scaledimaging.knime.port.ScaledImagePortObject;
import org.scaledimaging.knime.port.ScaledImagePortObjectSpec;
import org.scaledimaging.knime.setting.LoadImageParameters;
import org.scaledimaging.knime.setting.Sentences;
import org.scaledimaging.knime.setting.text.NodePlaces;
import org.scaledimaging.knime.work.Kept;
import org.scaledimaging.knime.work.Work;

/** Load Image: reads metadata; voxels are read where they are needed. */
public final class LoadImageNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Load Image")
            .icon("load.png")
            .shortDescription("Opens NIfTI, TIFF, OME-Zarr, HDF5 and other images, also from a web server.")
            .fullDescription("Opens an image of any size. Only its metadata are read now, voxels where they are needed:"
                    + " the node is done at once. The workflow refers to the file or folder by its place, size and time"
                    + " of change; an image that was moved or changed since then is reported, and this node has to be"
                    + " executed anew.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports ->
                    PortGroups.connected(ports, "Where the image is read from.").out("Image", "The image."))
            .model(Work.model(
                    LoadImageParameters.class, LoadImageNodeFactory::configure, LoadImageNodeFactory::execute))
            .nodeType(NodeType.Source)
            .keywords(
                    "reader",
                    "import",
                    "open",
                    "NIfTI",
                    "OME-Zarr",
                    "Zarr",
                    "TIFF",
                    "OME-TIFF",
                    "plate",
                    "HCS",
                    "read",
                    "big image",
                    "microscopy",
                    "MRI")
            .addExternalResource("https://ngff.openmicroscopy.org/", "OME-Zarr: the format's specification")
            .addExternalResource("https://nifti.nimh.nih.gov/", "NIfTI: the format's specification");

    public LoadImageNodeFactory() {
        super(NODE);
    }

    /** The image may not be there yet: then what it is stays open until the node is executed. */
    private static void configure(ConfigureInput input, ConfigureOutput output) throws ParameterException {
        LoadImageParameters parameters = input.getParameters();
        Optional<ImageLocation> location = parameters.locationHere(NodePlaces.of(input.getInPortSpecs()));
        if (location.flatMap(ImageLocation::path).isEmpty()) {
            return; // a server may be slow, and workflows are configured often: it is asked on executing
        }
        try (Image image = open(location.get(), parameters)) {
            output.setOutSpec(0, ScaledImagePortObjectSpec.of(image.metadata()));
        } catch (IOException e) {
            output.setWarningMessage(Sentences.of(e));
        }
    }

    private static void execute(ExecuteInput input, ExecuteOutput output, Execution execution)
            throws ParameterException, IOException {
        LoadImageParameters parameters = input.getParameters();
        ImageLocation location =
                parameters.location(NodePlaces.of(input.getInPortObjects()), !parameters.copyIntoWorkflow);
        ExecutionContext context = input.getExecutionContext();
        if (location instanceof ImageLocation.Elsewhere elsewhere) {
            output.setOutData(0, loadElsewhere(elsewhere, parameters, context, execution));
        } else {
            output.setOutData(0, load(location, Optional.empty(), parameters, context, execution));
        }
    }

    /** A single file is brought into the workflow; of a folder, voxels are read from where it is. */
    private static ScaledImagePortObject loadElsewhere(
            ImageLocation.Elsewhere place,
            LoadImageParameters parameters,
            ExecutionContext context,
            Execution execution)
            throws ParameterException, IOException {
        ImageLocation.Elsewhere image = Download.imageOf(place);
        if (Files.isDirectory(image.find())) {
            return load(image, Optional.empty(), parameters, context, execution);
        }
        if (!parameters.copyIntoWorkflow) {
            FileStore store = Kept.store("file", context);
            ImageLocation file = bring(image, Kept.folder(store), execution);
            return load(file, Optional.of(store), parameters, context, execution);
        }
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            ImageLocation file = bring(image, folder.path(), execution.part(0, 0.5));
            Execution rest = execution.part(0.5, 1);
            return load(file, Optional.empty(), parameters, context, rest);
        }
    }

    private static ImageLocation bring(ImageLocation.Elsewhere image, Path folder, Execution execution)
            throws IOException {
        return ImageLocation.of(Download.into(folder, image, execution).orElseThrow());
    }

    /** @param store that the image is in, if it is in one */
    private static ScaledImagePortObject load(
            ImageLocation location,
            Optional<FileStore> store,
            LoadImageParameters parameters,
            ExecutionContext context,
            Execution execution)
            throws ParameterException, IOException {
        try (Image image = open(location, parameters)) {
            return parameters.copyIntoWorkflow
                    ? Kept.pixels(image, Kept.store("image", context), execution)
                    : ScaledImagePortObject.of(image, store);
        }
    }

    private static Image open(ImageLocation location, LoadImageParameters parameters)
            throws IOException, ParameterException {
        Image whole = parameters.whole(location);
        try {
            return parameters.part(whole);
        } catch (ParameterException | RuntimeException e) {
            whole.close();
            throw e;
        }
    }
}
