package org.scaledimaging.engine.compress.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.jpeg2000.sample.BlockDecoder;
import org.scaledimaging.engine.compress.jpeg2000.sample.ComponentTransform;

/** A tile: its packets and the samples that they make. */
final class Tile {
    private static final int TRANSFORMED = 3;

    private final ImageSize size;
    private final CodingParameters parameters;
    private final List<TileComponent> components = new ArrayList<>();
    private final List<Precinct> precincts = new ArrayList<>();

    Tile(ImageSize size, Area area, CodingParameters parameters) throws CorruptDataException {
        this.size = size;
        this.parameters = parameters;
        for (int i = 0; i < size.components().size(); i++) {
            components.add(new TileComponent(
                    i,
                    size.components().get(i),
                    area,
                    parameters.style(i),
                    parameters.quantization(i),
                    parameters.shift(i),
                    precincts));
        }
    }

    /** Where the samples of a component lie. */
    Area area(int component) {
        return components.get(component).area();
    }

    /**
     * Reads the packets. Those that are missing at the end, whole ones, are as if they were empty.
     *
     * @param headers null where each packet has its own
     */
    private void readPackets(byte[] data, int start, int end, byte[] headers) throws CorruptDataException {
        PacketReader packets = new PacketReader(data, start, end, headers);
        for (Progression progression : parameters.progressions()) {
            if (!progression.go(precincts, parameters.layers(), packets)) {
                break;
            }
        }
        if (!packets.any() && !precincts.isEmpty()) {
            throw new CorruptDataException("a JPEG 2000 tile without packets", "at least one");
        }
    }

    /** The samples of each component, row by row. */
    int[][] decode(byte[] data, int start, int end, byte[] headers) throws CorruptDataException {
        readPackets(data, start, end, headers);
        BlockDecoder decoder = new BlockDecoder();
        int[][] samples = new int[components.size()][];
        int first = 0;
        if (parameters.transformed()) {
            decodeTransformed(data, decoder, samples);
            first = TRANSFORMED;
        }
        for (int i = first; i < samples.length; i++) {
            samples[i] = components.get(i).style().reversible()
                    ? samples(i, components.get(i).reversible(data, decoder))
                    : samples(i, components.get(i).irreversible(data, decoder));
        }
        return samples;
    }

    private void decodeTransformed(byte[] data, BlockDecoder decoder, int[][] samples) throws CorruptDataException {
        boolean reversible = components.get(0).style().reversible();
        for (TileComponent component : components.subList(1, TRANSFORMED)) {
            if (!component.area().equals(components.get(0).area())
                    || component.style().reversible() != reversible) {
                throw new CorruptDataException(
                        "JPEG 2000 components of different sizes or wavelets that are transformed together",
                        "three of one kind");
            }
        }
        if (reversible) {
            for (int i = 0; i < TRANSFORMED; i++) {
                samples[i] = components.get(i).reversible(data, decoder);
            }
            ComponentTransform.reversible(samples[0], samples[1], samples[2]);
            for (int i = 0; i < TRANSFORMED; i++) {
                samples(i, samples[i]);
            }
        } else {
            float[][] values = new float[TRANSFORMED][];
            for (int i = 0; i < TRANSFORMED; i++) {
                values[i] = components.get(i).irreversible(data, decoder);
            }
            ComponentTransform.irreversible(values[0], values[1], values[2]);
            for (int i = 0; i < TRANSFORMED; i++) {
                samples[i] = samples(i, values[i]);
                values[i] = null;
            }
        }
    }

    private int[] samples(int component, int[] values) {
        ImageSize.Component kind = size.components().get(component);
        ComponentTransform.toSamples(values, kind.bits(), kind.signed());
        return values;
    }

    private int[] samples(int component, float[] values) {
        ImageSize.Component kind = size.components().get(component);
        return ComponentTransform.toSamples(values, kind.bits(), kind.signed());
    }
}
