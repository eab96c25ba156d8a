package org.scaledimaging.cli.verb;

import java.util.List;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import picocli.CommandLine.Option;

/** Writes a box of an image, given in voxels or in the unit of their size. */
final class CropVerb extends OperationVerb {
    private final OperationKind kind;

    @Option(
            names = "--physical",
            order = OperationVerbs.FIRST,
            description =
                    "Take --from and --to for coordinates in the unit of the voxel size, counted as 'scaled-imaging info'"
                            + " shows the origin, the centre of the first voxel: voxels are written whose centres lie from"
                            + " the one up to the other, as far as the image goes.")
    private boolean physical;

    CropVerb(Console console, OperationKind kind) {
        super(console, List.of(kind));
        this.kind = kind;
    }

    @Override
    Rewriting.Operation operation() throws ParameterException {
        if (!physical) {
            return super.operation();
        }
        ParameterValues box = values(kind, List.of(coordinates("from"), coordinates("to")));
        return (image, execution) -> image.cropPhysical(box.numbers("from"), box.numbers("to"));
    }

    private static Parameter coordinates(String name) {
        double any = Double.POSITIVE_INFINITY;
        return Parameter.numbers(name, List.of(), -any, any, "", "")
                .forEachAxis()
                .required();
    }
}
