package org.scaledimaging.engine.format.nifti;

import java.util.List;
import java.util.stream.Collectors;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.HeaderFields;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;

/** The header of a file that is written. */
final class WrittenHeader {
    private static final String MILLIMETER = "millimeter";

    private WrittenHeader() {}

    static void tell(ImageMetadata image, boolean keepUnit, Execution execution) {
        List<Dimension> others = image.spatial().stream()
                .filter(dimension -> PhysicalUnit.inMeters(dimension.unit()).isPresent())
                .filter(dimension -> !dimension.unit().equals(MILLIMETER))
                .toList();
        if (!keepUnit && !others.isEmpty()) {
            execution.tell(Notice.information("Lengths are written in millimetres, for which many programs take them,"
                    + " not in "
                    + others.stream().map(Dimension::unit).distinct().collect(Collectors.joining(" and ")) + "."));
        }
        boolean unoriented = image.frame().isEmpty()
                && image.header()
                        .filter(fields -> fields.get(HeaderFields.UNORIENTED).asBoolean())
                        .isPresent();
        if (unoriented) {
            execution.tell(Notice.information(
                    "The image's header does not say how it lies (which side is left): neither does what is written."));
        }
        image.header()
                .flatMap(HeaderFields::notice)
                .ifPresent(sentence -> execution.tell(Notice.information(sentence)));
    }
}
