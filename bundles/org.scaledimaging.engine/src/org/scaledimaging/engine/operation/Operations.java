package org.scaledimaging.engine.operation;

import java.util.List;
import java.util.Optional;

/** All operations there are: one more is a file with its record, and a line here. */
public final class Operations {
    /** In no particular order. */
    public static final List<OperationKind> ALL = List.of(
            TakeLevel.KIND,
            Select.KIND,
            Crop.KIND,
            Downsample.KIND,
            Upsample.KIND,
            UpsampleToShape.KIND,
            Convert.KIND,
            SegmentByOtsu.KIND,
            SegmentByThresholds.KIND,
            SegmentByPlugin.KIND,
            ProcessByPlugin.KIND,
            TakeField.KIND,
            ApplyField.KIND,
            Subtract.KIND,
            Describe.KIND);

    private Operations() {}

    /** The operation of a type. */
    static OperationKind of(Class<? extends Operation> type) {
        return ALL.stream().filter(kind -> kind.type() == type).findFirst().orElseThrow();
    }

    /** The operation of an id. */
    public static Optional<OperationKind> named(String id) {
        return ALL.stream().filter(kind -> kind.id().equals(id)).findFirst();
    }
}
