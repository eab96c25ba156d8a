package org.scaledimaging.knime.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;

/**
 * An image on a port: its recipe, and at most one file store, a folder with what the recipe needs besides its source
 * (pixels of its own, or what low-resolution steps yielded). Handing it on copies no voxel. Immutable.
 */
public final class ScaledImagePortObject extends FileStorePortObject {
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(ScaledImagePortObject.class);

    private static final String ENTRY = "recipe.json";

    /** Writes the recipe; KNIME looks after the file store. */
    public static final class Serializer extends PortObjectSerializer<ScaledImagePortObject> {
        @Override
        public void savePortObject(
                ScaledImagePortObject portObject, PortObjectZipOutputStream out, ExecutionMonitor monitor)
                throws IOException {
            out.putNextEntry(new ZipEntry(ENTRY));
            out.write(portObject.recipe.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }

        @Override
        public ScaledImagePortObject loadPortObject(
                PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor monitor) throws IOException {
            ZipEntry entry = in.getNextEntry();
            if (entry == null || !entry.getName().equals(ENTRY)) {
                throw new IOException("Scaled Image: found no " + ENTRY + ", expected one in the workflow.");
            }
            String recipe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ScaledImagePortObject((ScaledImagePortObjectSpec) spec, recipe);
        }
    }

    private final ScaledImagePortObjectSpec spec;
    private final String recipe;

    /** Read back: KNIME adds the file store later. */
    private ScaledImagePortObject(ScaledImagePortObjectSpec spec, String recipe) {
        this.spec = spec;
        this.recipe = recipe;
    }

    private ScaledImagePortObject(ScaledImagePortObjectSpec spec, String recipe, FileStore store) {
        super(List.of(store));
        this.spec = spec;
        this.recipe = recipe;
    }

    /**
     * @param image with a recipe
     * @param store whose folder holds what the recipe needs besides its source, if it needs anything
     */
    public static ScaledImagePortObject of(Image image, Optional<FileStore> store) {
        ScaledImagePortObjectSpec spec = ScaledImagePortObjectSpec.of(image.metadata());
        return store.map(given -> new ScaledImagePortObject(
                        spec, image.toJson(given.getFile().toPath()), given))
                .orElseGet(() -> new ScaledImagePortObject(spec, image.toJson()));
    }

    /** An image that was kept elsewhere in the workflow: what it was made of, and its file store. */
    static ScaledImagePortObject of(ScaledImagePortObjectSpec spec, String recipe, Optional<FileStore> store) {
        return store.map(given -> new ScaledImagePortObject(spec, recipe, given))
                .orElseGet(() -> new ScaledImagePortObject(spec, recipe));
    }

    /** The recipe as JSON, which goes with the file store's folder if there is one. */
    String recipe() {
        return recipe;
    }

    /**
     * Opens the image; whoever calls closes it.
     *
     * @throws org.scaledimaging.engine.message.ImageFormatException when the source is gone or was changed
     * @throws ParameterException when a plugin is not installed any more
     */
    public Image open(Execution execution) throws IOException, ParameterException {
        return open(store().map(given -> given.getFile().toPath()), execution);
    }

    /** As {@link #open(Execution)}, with what is in a copy of the file store's folder. */
    public Image open(Optional<Path> folder, Execution execution) throws IOException, ParameterException {
        return folder.isPresent() ? Image.fromJson(recipe, folder.get(), execution) : Image.fromJson(recipe, execution);
    }

    /** The file store, to be handed on. */
    public Optional<FileStore> store() {
        return getFileStoreCount() == 0 ? Optional.empty() : Optional.of(getFileStore(0));
    }

    @Override
    public ScaledImagePortObjectSpec getSpec() {
        return spec;
    }

    /** Two images are equal when their recipes and stores are. */
    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof ScaledImagePortObject that
                && spec.equals(that.spec)
                && recipe.equals(that.recipe);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), recipe);
    }

    @Override
    public String getSummary() {
        return spec.inOneLine();
    }

    @Override
    public JComponent[] getViews() {
        return spec.getViews();
    }
}
