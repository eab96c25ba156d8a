package org.scaledimaging.fuzzing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several targets in one JVM: the first byte of an input says which of them reads the rest. */
final class MixedTarget implements FuzzTarget {
    private final List<FuzzTarget> targets;

    MixedTarget(List<FuzzTarget> targets) {
        this.targets = List.copyOf(targets);
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            for (byte[] seed : targets.get(i).seeds()) {
                seeds.add(ByteBuffer.allocate(1 + seed.length)
                        .put((byte) i)
                        .put(seed)
                        .array());
            }
        }
        return seeds;
    }

    @Override
    public void run(byte[] input) throws Throwable {
        if (input.length > 0) {
            targets.get(Byte.toUnsignedInt(input[0]) % targets.size()).run(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
