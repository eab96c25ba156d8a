package org.scaledimaging.engine.operation.recipe;

import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.operation.ApplyField;
import org.scaledimaging.engine.operation.Convert;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.operation.SegmentByOtsu;
import org.scaledimaging.engine.operation.SegmentByPlugin;
import org.scaledimaging.engine.operation.SegmentByThresholds;
import org.scaledimaging.engine.operation.Subtract;
import org.scaledimaging.engine.operation.TakeField;
import org.scaledimaging.engine.operation.geometry.Crop;
import org.scaledimaging.engine.operation.geometry.Describe;
import org.scaledimaging.engine.operation.geometry.Downsample;
import org.scaledimaging.engine.operation.geometry.Select;
import org.scaledimaging.engine.operation.geometry.TakeLevel;
import org.scaledimaging.engine.operation.geometry.Upsample;
import org.scaledimaging.engine.operation.geometry.UpsampleToShape;

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

    /** What an operation is called and what can be set. */
    public static OperationKind kindOf(Operation operation) {
        return ALL.stream()
                .filter(kind -> kind.type() == operation.getClass())
                .findFirst()
                .orElseThrow();
    }

    /** The operation of an id. */
    public static Optional<OperationKind> named(String id) {
        return ALL.stream().filter(kind -> kind.id().equals(id)).findFirst();
    }
}
