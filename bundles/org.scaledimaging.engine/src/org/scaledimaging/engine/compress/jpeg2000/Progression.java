package org.scaledimaging.engine.compress.jpeg2000;

import java.util.Comparator;
import java.util.List;
import org.scaledimaging.engine.compress.CorruptDataException;

/**
 * An order of packets, and the part of a tile's packets that come in it (A.6.6, B.12). All bounds but the first ones are
 * the numbers before which it ends.
 */
record Progression(Order order, int firstResolution, int firstComponent, int layers, int resolutions, int components) {

    /** What changes slowest comes first: layer, resolution, component, position. */
    enum Order {
        LRCP,
        RLCP,
        RPCL,
        PCRL,
        CPRL;

        static Order of(int number) throws CorruptDataException {
            if (number >= values().length) {
                throw new CorruptDataException("JPEG 2000 progression order " + number, "0 to 4");
            }
            return values()[number];
        }

        /** Precincts in this order, layers aside. */
        private Comparator<Precinct> comparator() {
            Comparator<Precinct> position =
                    Comparator.comparingLong(Precinct::y).thenComparingLong(Precinct::x);
            Comparator<Precinct> component = Comparator.comparingInt(Precinct::component);
            Comparator<Precinct> resolution = Comparator.comparingInt(Precinct::resolution);
            return switch (this) {
                case LRCP, RLCP -> resolution.thenComparing(component);
                case RPCL -> resolution.thenComparing(position).thenComparing(component);
                case PCRL -> position.thenComparing(component).thenComparing(resolution);
                case CPRL -> component.thenComparing(position).thenComparing(resolution);
            };
        }
    }

    /** All of a tile. */
    static Progression all(Order order, int layers) {
        return new Progression(order, 0, 0, layers, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** One of those that a POC marker segment has. */
    static Progression of(SegmentReader reader, boolean isWide) throws CorruptDataException {
        int firstResolution = reader.number8();
        int firstComponent = isWide ? reader.number16() : reader.number8();
        int layers = reader.number16();
        int resolutions = reader.number8();
        int components = isWide ? reader.number16() : reader.number8();
        return new Progression(
                Order.of(reader.number8()),
                firstResolution,
                firstComponent,
                layers,
                resolutions,
                components == 0 ? isWide ? 16384 : 256 : components);
    }

    /** Something that takes the next packet of a precinct, and says whether it can take more. */
    interface Packets {
        boolean next(Precinct precinct) throws CorruptDataException;
    }

    /**
     * Goes through all packets that have not been taken yet.
     *
     * @param precincts those of one resolution of one component row by row, as they are numbered
     * @param most the layers of the tile
     * @return whether more can be taken
     */
    boolean go(List<Precinct> precincts, int most, Packets packets) throws CorruptDataException {
        int end = Math.min(layers, most);
        List<Precinct> wanted = precincts.stream()
                .filter(precinct -> precinct.resolution() >= firstResolution
                        && precinct.resolution() < resolutions
                        && precinct.component() >= firstComponent
                        && precinct.component() < components
                        && precinct.layers() < end)
                .sorted(order.comparator())
                .toList();
        for (int first = 0; first < wanted.size(); ) {
            int last = last(wanted, first);
            int layer = end;
            for (int i = first; i < last; i++) {
                layer = Math.min(layer, wanted.get(i).layers());
            }
            for (; layer < end; layer++) {
                for (int i = first; i < last; i++) {
                    if (wanted.get(i).layers() == layer && !packets.next(wanted.get(i))) {
                        return false;
                    }
                }
            }
            first = last;
        }
        return true;
    }

    /** The end of the precincts of which each layer comes before the next one. */
    private int last(List<Precinct> precincts, int first) {
        return switch (order) {
            case LRCP -> precincts.size();
            case RLCP -> {
                int last = first;
                int resolution = precincts.get(first).resolution();
                while (last < precincts.size() && precincts.get(last).resolution() == resolution) {
                    last++;
                }
                yield last;
            }
            default -> first + 1;
        };
    }
}
