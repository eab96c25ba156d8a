package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.align.AppliedWithin;
import org.scaledimaging.engine.align.ImageOnGrid;
import org.scaledimaging.engine.align.ValueLook;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.scaled.ImageOpener;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * Applies a field that is there already, of any resolution: matched in the world where both images are oriented, else by
 * index. The result is float32, or float64 where the pixel type needs it.
 *
 * @param field an image's path, address or recipe
 * @param by what is done with it
 * @param interpolation how it is evaluated between its voxels
 * @param scale what its values are multiplied by before they are applied
 * @param offset what is added then
 * @param applyMask where the field is applied: an image's path, address or recipe, or {@code none} for everywhere
 */
public record ApplyField(
        String field, By by, Interpolation interpolation, double scale, double offset, String applyMask)
        implements Operation {
    static final String FIELD = "field";
    static final String APPLY_MASK = "applyMask";
    private static final String EVERYWHERE = "none";

    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
            ApplyField.class,
            "applyField",
            "Applies a field that is there already, of any resolution, to an image.",
            List.of(
                    Parameter.image(
                                    FIELD,
                                    "",
                                    List.of(),
                                    "The field: an image of what the image shows, at any resolution; matched by its place"
                                            + " in the world where both say theirs, else voxel by voxel. Channels and time"
                                            + " points: as many as the image has, or one for all.")
                            .required(),
                    Parameter.choice(
                            "by",
                            By.DIVIDE.word(),
                            By.WORDS,
                            "What is done with the field's value at each voxel. Dividing leaves a voxel as it is where the"
                                    + " field is 0 or no number."),
                    Parameter.choice(
                            "interpolation",
                            Interpolation.LINEAR.word(),
                            Interpolation.WORDS,
                            "How the field is evaluated between its voxels: linear, by a cubic B-spline, or linear in"
                                    + " logarithms (log)."),
                    Parameter.number(
                            "scale",
                            1,
                            -Double.MAX_VALUE,
                            Double.MAX_VALUE,
                            "",
                            "What the field's values are multiplied by before they are applied."),
                    Parameter.number(
                            "offset",
                            0,
                            -Double.MAX_VALUE,
                            Double.MAX_VALUE,
                            "",
                            "What is added to the field's values then."),
                    Parameter.image(
                            APPLY_MASK,
                            EVERYWHERE,
                            List.of(EVERYWHERE),
                            "Where the field is applied: an image m of the same field of view, at any resolution; the result"
                                    + " is corrected · m + original · (1 − m), with m from 0 to 1 and 1 where it is"
                                    + " more.")),
            values -> new ApplyField(
                    values.text(FIELD),
                    By.of(values.text("by")),
                    Interpolation.of(values.text("interpolation")).orElseThrow(),
                    values.number("scale"),
                    values.number("offset"),
                    values.text(APPLY_MASK)));

    /** Divides by a field, linear between its voxels. */
    public ApplyField(String field) {
        this(field, By.DIVIDE, Interpolation.LINEAR, 1, 0);
    }

    /** Everywhere. */
    public ApplyField(String field, By by, Interpolation interpolation, double scale, double offset) {
        this(field, by, interpolation, scale, offset, EVERYWHERE);
    }

    /** The same where a mask says. */
    public ApplyField within(String mask) {
        return new ApplyField(field, by, interpolation, scale, offset, mask);
    }

    /** What is done with a voxel and the field's value there. */
    public enum By {
        /** Voxel / field; where the field is 0 or no number, the voxel. */
        DIVIDE("divide"),
        /** Voxel · field. */
        MULTIPLY("multiply"),
        /** Voxel − field. */
        SUBTRACT("subtract"),
        /** Voxel + field. */
        ADD("add");

        static final List<String> WORDS = Arrays.stream(values()).map(By::word).toList();

        private final String word;

        By(String word) {
            this.word = word;
        }

        /** What users call it. */
        public String word() {
            return word;
        }

        private static By of(String word) {
            return values()[WORDS.indexOf(word)];
        }

        double apply(double voxel, double value) {
            return switch (this) {
                case DIVIDE -> value == 0 || !Double.isFinite(value) ? voxel : voxel / value;
                case MULTIPLY -> voxel * value;
                case SUBTRACT -> voxel - value;
                case ADD -> voxel + value;
            };
        }
    }

    @Override
    public Map<String, Object> values() {
        return Map.of(
                FIELD,
                field,
                "by",
                by.word(),
                "interpolation",
                interpolation.word(),
                "scale",
                scale,
                "offset",
                offset,
                APPLY_MASK,
                applyMask);
    }

    @Override
    public Map<String, Object> images() {
        return Map.of(FIELD, field, APPLY_MASK, applyMask);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws IOException, ParameterException {
        AxisOrder order = Volumes.spatialLast(image.metadata());
        ImageSource arranged = TransposedSource.of(image, order);
        List<ImageSource> opened = new ArrayList<>();
        try {
            ImageSource given = open(field, run, opened);
            String name = ImageOpener.name(field, given.metadata());
            ImageOnGrid values = ImageOnGrid.of(
                    Setting.FIELD.toString(), name, given, arranged.metadata(), interpolation, run.execution());
            checkValues(name, ValueLook.at(given, 1, 0), ValueLook.at(given, scale, offset), run.execution());
            Optional<AppliedWithin> within = Optional.empty();
            if (!applyMask.equals(EVERYWHERE)) {
                ImageSource mask = open(applyMask, run, opened);
                within = Optional.of(AppliedWithin.of(
                        Setting.APPLY_MASK.toString(),
                        ImageOpener.name(applyMask, mask.metadata()),
                        mask,
                        arranged.metadata(),
                        run.execution()));
            }
            return TransposedSource.of(new FieldApplied(arranged, values, within, this, opened), order.inverse());
        } catch (IOException | ParameterException | RuntimeException e) {
            for (ImageSource each : opened) {
                each.close();
            }
            throw e;
        }
    }

    /** Says what the field's values do that nobody wants, before anything is written. */
    private void checkValues(String name, ValueLook given, ValueLook scaled, Execution execution)
            throws ParameterException {
        boolean divides = by == By.DIVIDE;
        long unused = scaled.noNumbers() + (divides ? scaled.zeros() : 0);
        if (interpolation == Interpolation.LOGARITHMIC && given.zeros() + given.negatives() > 0) {
            throw new ParameterException(
                    Setting.FIELD,
                    name + ", of whose values " + given.part(given.zeros() + given.negatives()) + " are not above 0",
                    "values above 0, which interpolation of logarithms needs");
        }
        if (scaled.all() && unused == scaled.voxels()) {
            throw new ParameterException(
                    Setting.FIELD,
                    name + ", whose values are all " + (divides ? "0 or " : "") + "no numbers"
                            + (scale == 1 && offset == 0 ? "" : " once they are scaled"),
                    "numbers to " + by.word() + (divides ? " by" : ""));
        }
        if (unused > 0) {
            String where = Setting.FIELD + ": " + name + " is " + (divides ? "0 or " : "") + "no number in "
                    + scaled.part(unused) + " of its voxels";
            execution.tell(
                    divides
                            ? Notice.information(where + ", where the image stays as it is.")
                            : Notice.warning(where + ", where the result is no number."));
        }
        if (divides && scaled.negatives() > 0) {
            execution.tell(Notice.warning(Setting.FIELD + ": " + name + " is below 0 in "
                    + scaled.part(scaled.negatives())
                    + " of its voxels, where dividing changes the sign; is it the logarithm of a field?"));
        }
    }

    private static ImageSource open(String value, Run run, List<ImageSource> opened)
            throws IOException, ParameterException {
        ImageSource source = run.opener().open(value, run.execution());
        opened.add(source);
        return source;
    }

    @Override
    public Effect effect() {
        return Effect.COMPUTED;
    }
}
