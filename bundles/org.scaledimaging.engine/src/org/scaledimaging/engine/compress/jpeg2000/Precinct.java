package org.scaledimaging.engine.compress.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.compress.CorruptDataException;

/** A precinct of a resolution of a component: the code-blocks that packets have together, layer by layer. */
final class Precinct {
    private final TileComponent owner;
    private final int resolution;
    private final Area area;
    private final long x;
    private final long y;
    private int layers;
    private List<Blocks> blocks = List.of();

    /**
     * @param area in places of its resolution
     * @param x where it begins on the reference grid, in its tile
     */
    Precinct(TileComponent owner, int resolution, Area area, long x, long y) {
        this.owner = owner;
        this.resolution = resolution;
        this.area = area;
        this.x = x;
        this.y = y;
    }

    TileComponent owner() {
        return owner;
    }

    int component() {
        return owner.index();
    }

    int resolution() {
        return resolution;
    }

    long x() {
        return x;
    }

    long y() {
        return y;
    }

    /** How many packets were taken. */
    int layers() {
        return layers;
    }

    /** Takes a packet, of the layer that is returned. */
    int takeLayer() {
        return layers++;
    }

    /** The code-blocks, subband by subband; none before {@link #prepare}. */
    List<Blocks> blocks() {
        return blocks;
    }

    /** Makes the code-blocks: there are none while packets are empty. */
    void prepare() throws CorruptDataException {
        if (blocks.isEmpty()) {
            blocks = new ArrayList<>();
            for (Subband band : owner.subbands(resolution)) {
                Area part = resolution == 0 ? area : area.subband(1, band.orientation());
                Area within = part.intersect(band.area());
                if (!within.isEmpty()) {
                    blocks.add(new Blocks(band, within, owner.blockWidth(resolution), owner.blockHeight(resolution)));
                }
            }
        }
    }

    /** Code-blocks of one subband, row by row, and what packet headers say of them. */
    static final class Blocks {
        private final Subband band;
        private final int across;
        private final CodeBlock[] blocks;
        private final TagTree inclusion;
        private final TagTree missingPlanes;

        private Blocks(Subband band, Area area, int blockWidth, int blockHeight) {
            this.band = band;
            long left = area.left() >> blockWidth;
            long top = area.top() >> blockHeight;
            this.across = (int) ((area.right() - 1 >> blockWidth) - left + 1);
            int down = (int) ((area.bottom() - 1 >> blockHeight) - top + 1);
            this.blocks = new CodeBlock[across * down];
            for (int i = 0; i < blocks.length; i++) {
                long x = left + i % across << blockWidth;
                long y = top + i / across << blockHeight;
                blocks[i] =
                        new CodeBlock(new Area(x, y, x + (1L << blockWidth), y + (1L << blockHeight)).intersect(area));
            }
            this.inclusion = new TagTree(across, down);
            this.missingPlanes = new TagTree(across, down);
        }

        Subband band() {
            return band;
        }

        CodeBlock[] all() {
            return blocks;
        }

        /** Whether a block has passes in a layer; how many bit-planes are missing is read with its first ones. */
        boolean isIncluded(int block, int layer, int shift, PacketBits bits) throws CorruptDataException {
            if (blocks[block].isIncluded()) {
                return bits.next() == 1;
            }
            int x = block % across;
            int y = block / across;
            if (!inclusion.isLess(x, y, layer + 1, bits)) {
                return false;
            }
            blocks[block].include(band.planes() + shift - missingPlanes.value(x, y, bits));
            return true;
        }
    }
}
