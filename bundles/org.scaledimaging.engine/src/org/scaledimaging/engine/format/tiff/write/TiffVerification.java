package org.scaledimaging.engine.format.tiff.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Transposition;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.format.pyramid.PyramidLevels;
import org.scaledimaging.engine.format.tiff.page.Page;
import org.scaledimaging.engine.format.tiff.page.PageReader;
import org.scaledimaging.engine.format.tiff.page.Pages;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.PieceSums;

/** Reads back what was written, every tile of every level and all directories, and compares. */
final class TiffVerification {
    private final List<PieceSums> written = new ArrayList<>();
    private final PieceSums places = new PieceSums();
    private final PieceSums placesRead = new PieceSums();

    /** For the tiles of the next level. */
    PieceSums nextLevel() {
        written.add(new PieceSums());
        return written.get(written.size() - 1);
    }

    /** For where tiles are. */
    PieceSums places() {
        return places;
    }

    /**
     * @param working the file
     * @param target what messages call it
     * @throws TargetException when something differs or cannot be read
     */
    void run(Path working, TiffLayout layout, Path target, Execution execution) throws IOException {
        try (FileChannel file = FileChannel.open(working, StandardOpenOption.READ)) {
            if (!layout.isIn(file, execution.progress()::checkCancelled)) {
                throw new TargetException(target, "metadata that read back differently", "what was written");
            }
            compare(working, file, layout, target, execution);
        } catch (ImageFormatException e) {
            throw new TargetException(
                    target, "something that cannot be read back (" + e.getMessage() + ")", "what was written", e);
        }
    }

    private void compare(Path working, FileChannel file, TiffLayout layout, Path target, Execution execution)
            throws IOException {
        try (Pages pages = Pages.open(working, true)) {
            PyramidLevels pyramid = layout.pyramid();
            long all = 0;
            for (int level = 0; level < written.size(); level++) {
                all += pyramid.chunks(level).count();
            }
            long done = 0;
            for (int level = 0; level < written.size(); level++) {
                double from = (double) done / all;
                done += pyramid.chunks(level).count();
                Execution part = execution.part(from, (double) done / all);
                compare(pages, file, layout, level, target, part);
            }
        }
        if (places.firstDifference(placesRead).isPresent()) {
            throw new TargetException(target, "places of tiles that read back differently", "what was written");
        }
    }

    private void compare(Pages pages, FileChannel file, TiffLayout layout, int level, Path target, Execution execution)
            throws IOException {
        Grid tiles = layout.pyramid().chunks(level);
        long[] cells = tiles.cells();
        long across = cells[layout.pyramid().levels().get(0).indexOf(Axis.X)];
        long perPage = layout.tilesPerPage(level);
        PieceSums read = new PieceSums();
        OrderedTasks.run(LongStream.range(0, tiles.count()).iterator(), tiles.count(), execution, "verifying", tile -> {
            readPlace(file, layout, new TileOrder.Tile(level, tile));
            Page page = pages.get((int) (tile / perPage));
            Page ofLevel = level == 0 ? page : pages.level(page, level);
            Object voxels = PageReader.tile(ofLevel, 0, tile % perPage / across, tile % across);
            read.add(
                    tile,
                    layout.encoder().type(),
                    asWritten(layout.encoder(), voxels),
                    layout.encoder().voxels());
        });
        OptionalLong different = written.get(level).firstDifference(read);
        if (different.isPresent()) {
            throw new TargetException(
                    target,
                    "a tile that reads back differently, number " + different.getAsLong() + " of level " + level,
                    "what was written");
        }
    }

    /** What is read of interleaved samples is one plane after the other. */
    private static Object asWritten(TileEncoder encoder, Object planes) {
        if (encoder.samples() == 1) {
            return planes;
        }
        Object interleaved = encoder.type().allocate(encoder.voxels());
        long[] shape = {encoder.samples(), encoder.voxels() / encoder.samples()};
        Transposition.transpose(planes, shape, AxisOrder.reversed(2), interleaved);
        return interleaved;
    }

    private void readPlace(FileChannel file, TiffLayout layout, TileOrder.Tile tile) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(12);
        entry.put(DirectoryBytes.readAt(file, layout.placeOfOffset(tile), layout.offsetBytes()));
        entry.position(8).put(DirectoryBytes.readAt(file, layout.placeOfByteCount(tile), 4));
        placesRead.add(layout.number(tile), entry.flip());
    }
}
