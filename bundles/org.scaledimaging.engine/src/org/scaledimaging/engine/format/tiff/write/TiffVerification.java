package org.scaledimaging.engine.format.tiff.write;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.format.pyramid.PyramidLevels;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageReader;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.format.tiff.page.Tags;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.PieceSums;

/** Reads back what was written, every tile of every level and the description, and compares. */
final class TiffVerification {
    private final List<PieceSums> written = new ArrayList<>();

    /** For the tiles of the next level. */
    PieceSums nextLevel() {
        written.add(new PieceSums());
        return written.get(written.size() - 1);
    }

    /**
     * @param working the file
     * @param target what messages call it
     * @throws TargetException when something differs or cannot be read
     */
    void run(Path working, TiffLayout layout, String description, Path target, Execution execution) throws IOException {
        try (Pages pages = Pages.open(working, true)) {
            if (pages.size() != layout.pages()
                    || !pages.first().text(Tags.IMAGE_DESCRIPTION).equals(description)) {
                throw new TargetException(target, "metadata that read back differently", "what was written");
            }
            PyramidLevels pyramid = layout.pyramid();
            long all = 0;
            for (int level = 0; level < written.size(); level++) {
                all += pyramid.chunks(level).count();
            }
            long done = 0;
            for (int level = 0; level < written.size(); level++) {
                double from = (double) done / all;
                done += pyramid.chunks(level).count();
                Execution part = execution.withProgress(execution.progress().part(from, (double) done / all));
                compare(pages, layout, level, target, part);
            }
        } catch (ImageFormatException e) {
            throw new TargetException(
                    target, "something that cannot be read back (" + e.getMessage() + ")", "what was written", e);
        }
    }

    private void compare(Pages pages, TiffLayout layout, int level, Path target, Execution execution)
            throws IOException {
        Grid tiles = layout.pyramid().chunks(level);
        long[] cells = tiles.cells();
        long across = cells[cells.length - 1];
        long perPage = across * cells[cells.length - 2];
        int pixels = layout.encoder().width() * layout.encoder().height();
        PieceSums read = new PieceSums();
        OrderedTasks.run(LongStream.range(0, tiles.count()).iterator(), tiles.count(), execution, "verifying", tile -> {
            Page page = pages.get((int) (tile / perPage));
            Page ofLevel = level == 0 ? page : pages.level(page, level);
            Object voxels = PageReader.tile(ofLevel, 0, tile % perPage / across, tile % across);
            read.add(tile, layout.encoder().type(), voxels, pixels);
        });
        OptionalLong different = written.get(level).firstDifference(read);
        if (different.isPresent()) {
            throw new TargetException(
                    target,
                    "a tile that reads back differently, number " + different.getAsLong() + " of level " + level,
                    "what was written");
        }
    }
}
