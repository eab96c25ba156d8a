package org.scaledimaging.engine.compress.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.jpeg2000.sample.BlockDecoder;
import org.scaledimaging.engine.compress.jpeg2000.sample.IrreversibleWavelet;
import org.scaledimaging.engine.compress.jpeg2000.sample.Orientation;
import org.scaledimaging.engine.compress.jpeg2000.sample.ReversibleWavelet;

/** A component of a tile: its resolutions, their subbands and precincts, and at last its values (B.5 to B.7). */
final class TileComponent {
    /** Precincts of a tile in all: nobody makes them this small, and each takes memory. */
    private static final int MOST_PRECINCTS = 1 << 20;

    private static final Orientation[] FINER = {Orientation.HL, Orientation.LH, Orientation.HH};

    private final int index;
    private final ImageSize.Component component;
    private final CodingStyle style;
    private final int shift;
    private final Area area;
    private final List<List<Subband>> subbands = new ArrayList<>();
    private final List<Precinct> precincts = new ArrayList<>();

    /**
     * @param tile on the reference grid
     * @param shift by how many bits coefficients of the region of interest are larger
     * @param precincts gets those of this component, the coarsest resolution first
     */
    TileComponent(
            int index,
            ImageSize.Component component,
            Area tile,
            CodingStyle style,
            Quantization quantization,
            int shift,
            List<Precinct> precincts)
            throws CorruptDataException {
        this.index = index;
        this.component = component;
        this.style = style;
        this.shift = shift;
        this.area = tile.sampled(component.across(), component.down());
        for (int resolution = 0; resolution <= style.decompositions(); resolution++) {
            subbands.add(subbands(resolution, quantization));
            if (!resolution(resolution).isEmpty()) {
                addPrecincts(resolution, tile, precincts.size());
            }
        }
        precincts.addAll(this.precincts);
    }

    int index() {
        return index;
    }

    Area area() {
        return area;
    }

    CodingStyle style() {
        return style;
    }

    int shift() {
        return shift;
    }

    List<Subband> subbands(int resolution) {
        return subbands.get(resolution);
    }

    /** The logarithm of the width of code-blocks, which are no wider than precincts. */
    int blockWidth(int resolution) {
        return Math.min(style.blockWidth(), style.precinctWidth(resolution) - (resolution > 0 ? 1 : 0));
    }

    int blockHeight(int resolution) {
        return Math.min(style.blockHeight(), style.precinctHeight(resolution) - (resolution > 0 ? 1 : 0));
    }

    private Area resolution(int resolution) {
        return area.reduced(style.decompositions() - resolution);
    }

    private List<Subband> subbands(int resolution, Quantization quantization) throws CorruptDataException {
        int times = style.decompositions() - Math.max(0, resolution - 1);
        if (resolution == 0) {
            return List.of(subband(Orientation.LL, times, 0, 0, quantization));
        }
        List<Subband> finer = new ArrayList<>(FINER.length);
        for (int i = 0; i < FINER.length; i++) {
            if (!area.subband(times, FINER[i]).isEmpty()) {
                finer.add(subband(FINER[i], times, 3 * resolution - 2 + i, resolution - 1, quantization));
            }
        }
        return List.copyOf(finer);
    }

    private Subband subband(Orientation orientation, int times, int band, int levels, Quantization quantization)
            throws CorruptDataException {
        Area coarser = area.reduced(times);
        return new Subband(
                orientation,
                orientation == Orientation.LL ? coarser : area.subband(times, orientation),
                quantization.planes(band, levels),
                style.reversible() ? 1 : quantization.step(band, levels, component.bits() + orientation.gain()),
                orientation.x() * coarser.width(),
                orientation.y() * coarser.height());
    }

    private void addPrecincts(int resolution, Area tile, int before) throws CorruptDataException {
        int width = style.precinctWidth(resolution);
        int height = style.precinctHeight(resolution);
        Area places = resolution(resolution);
        long left = places.left() >> width;
        long top = places.top() >> height;
        long across = (places.right() - 1 >> width) - left + 1;
        long down = (places.bottom() - 1 >> height) - top + 1;
        if (before + precincts.size() + across * down > MOST_PRECINCTS) {
            throw new CorruptDataException(
                    "a JPEG 2000 tile of more than " + MOST_PRECINCTS + " precincts", "at most that many");
        }
        int times = style.decompositions() - resolution;
        for (long row = top; row < top + down; row++) {
            for (long column = left; column < left + across; column++) {
                Area precinct = new Area(column << width, row << height, column + 1 << width, row + 1 << height);
                precincts.add(new Precinct(
                        this,
                        resolution,
                        precinct,
                        Math.max(tile.left(), component.across() * (precinct.left() << times)),
                        Math.max(tile.top(), component.down() * (precinct.top() << times))));
            }
        }
    }

    /** The values of the reversible transform, row by row. */
    int[] reversible(byte[] data, BlockDecoder decoder) throws CorruptDataException {
        int[] values = new int[area.width() * area.height()];
        decodeBlocks(data, decoder, (coefficients, block, band) -> {
            int width = block.width();
            for (int row = 0; row < block.height(); row++) {
                int to = place(block, band, row);
                for (int i = row * width; i < (row + 1) * width; i++, to++) {
                    int magnitude = (coefficients[i] & Integer.MAX_VALUE) >> 1;
                    values[to] = coefficients[i] < 0 ? -magnitude : magnitude;
                }
            }
        });
        for (int resolution = 1; resolution <= style.decompositions(); resolution++) {
            Area finer = resolution(resolution);
            ReversibleWavelet.inverse(values, area.width(), finer.left(), finer.width(), finer.top(), finer.height());
        }
        return values;
    }

    /** The values of the irreversible transform, row by row. */
    float[] irreversible(byte[] data, BlockDecoder decoder) throws CorruptDataException {
        float[] values = new float[area.width() * area.height()];
        decodeBlocks(data, decoder, (coefficients, block, band) -> {
            int width = block.width();
            float step = band.step() / 2;
            for (int row = 0; row < block.height(); row++) {
                int to = place(block, band, row);
                for (int i = row * width; i < (row + 1) * width; i++, to++) {
                    float magnitude = (coefficients[i] & Integer.MAX_VALUE) * step;
                    values[to] = coefficients[i] < 0 ? -magnitude : magnitude;
                }
            }
        });
        for (int resolution = 1; resolution <= style.decompositions(); resolution++) {
            Area finer = resolution(resolution);
            IrreversibleWavelet.inverse(values, area.width(), finer.left(), finer.width(), finer.top(), finer.height());
        }
        return values;
    }

    private interface Coefficients {
        void of(int[] coefficients, Area block, Subband band);
    }

    private void decodeBlocks(byte[] data, BlockDecoder decoder, Coefficients coefficients)
            throws CorruptDataException {
        for (Precinct precinct : precincts) {
            for (Precinct.Blocks blocks : precinct.blocks()) {
                for (CodeBlock block : blocks.all()) {
                    if (block.decode(data, decoder, blocks.band(), style.style())) {
                        shiftBack(
                                decoder.coefficients(),
                                block.area().width() * block.area().height());
                        coefficients.of(decoder.coefficients(), block.area(), blocks.band());
                    }
                }
            }
        }
    }

    /** Coefficients of the region of interest are larger than any others (annex H). */
    private void shiftBack(int[] coefficients, int count) {
        if (shift == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int magnitude = coefficients[i] & Integer.MAX_VALUE;
            if (magnitude >> shift > 1) {
                coefficients[i] = coefficients[i] & Integer.MIN_VALUE | magnitude >> shift;
            }
        }
    }

    private int place(Area block, Subband band, int row) {
        return (int) (band.y() + block.top() - band.area().top() + row) * area.width()
                + (int) (band.x() + block.left() - band.area().left());
    }
}
