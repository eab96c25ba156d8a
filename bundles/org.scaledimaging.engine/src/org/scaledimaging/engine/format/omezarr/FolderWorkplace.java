package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** A folder, or a zip file that one is packed into, beside the target: it gets the target's name when it is complete. */
record FolderWorkplace(AtomicTarget target, Path folder) implements Workplace {

    static FolderWorkplace create(Path path, OmeZarrWriteOptions options, Collection<Path> sources) throws IOException {
        AtomicTarget target = AtomicTarget.create(path, options.overwrite(), sources);
        return new FolderWorkplace(target, target.working());
    }

    /** With another folder to write to, which is packed afterwards. */
    FolderWorkplace in(Path other) {
        return new FolderWorkplace(target, other);
    }

    @Override
    public ZarrStore store() {
        return new FileStore(folder);
    }

    @Override
    public StagePlace stage(String path) {
        return new StagePlace.Folder(path.isEmpty() ? folder : folder.resolve(path));
    }

    @Override
    public Path scratch(String name) {
        return folder.resolveSibling(folder.getFileName() + "." + name);
    }

    @Override
    public String ending() {
        return "";
    }

    @Override
    public ZarrStore reread() throws IOException {
        return OmeZarrReader.store(target.working());
    }

    @Override
    public void commit(Progress progress) throws IOException {
        target.commit(progress);
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
