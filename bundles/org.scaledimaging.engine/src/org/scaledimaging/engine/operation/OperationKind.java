package org.scaledimaging.engine.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.segmentation.OtsuOptions;
import org.scaledimaging.engine.segmentation.Segmentation;
import org.scaledimaging.engine.view.ConvertedSource;
import org.scaledimaging.engine.view.CroppedSource;
import org.scaledimaging.engine.view.SelectedSource;

/**
 * A kind of operation: its name in recipes, how it is stored and how it is carried out. All kinds are here: an operation
 * more is a record in {@link Operation} and an entry in the list. The names are a file format: they stay when names in
 * the code change.
 *
 * @param name the value of {@code "operation"} in JSON
 * @param type what it is in Java
 */
record OperationKind<O extends Operation>(
        String name, Class<O> type, Writer<O> writer, Reader<O> reader, Step<O> step) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final List<OperationKind<?>> ALL = List.of(
            new OperationKind<>(
                    "level",
                    Operation.Level.class,
                    (level, json) -> json.put("level", level.level()),
                    json -> new Operation.Level(json.small("level")),
                    (image, level, run) -> Operations.level(image, level.level())),
            new OperationKind<>(
                    "select",
                    Operation.Select.class,
                    (select, json) -> json.put("axis", select.axis().symbol()).put("index", select.index()),
                    json -> new Operation.Select(json.named("axis", Axis::ofSymbol, "t or c"), json.whole("index")),
                    (image, select, run) -> SelectedSource.of(image, select.axis(), select.index())),
            new OperationKind<>(
                    "crop",
                    Operation.Crop.class,
                    (crop, json) ->
                            json.<ObjectNode>set("min", list(crop.min())).set("max", list(crop.max())),
                    json -> new Operation.Crop(json.wholes("min"), json.wholes("max")),
                    (image, crop, run) -> CroppedSource.of(image, crop.min(), crop.max())),
            new OperationKind<>(
                    "downsample",
                    Operation.Downsample.class,
                    (downsample, json) -> json.set("factors", list(downsample.factors())),
                    json -> new Operation.Downsample(json.smalls("factors")),
                    (image, downsample, run) -> Operations.downsample(image, downsample.factors())),
            new OperationKind<>(
                    "upsample",
                    Operation.Upsample.class,
                    (upsample, json) -> json.set("factors", list(upsample.factors())),
                    json -> new Operation.Upsample(json.smalls("factors")),
                    (image, upsample, run) -> Operations.upsample(image, upsample.factors())),
            new OperationKind<>(
                    "upsampleTo",
                    Operation.UpsampleTo.class,
                    (upsample, json) -> json.set("shape", list(upsample.shape())),
                    json -> new Operation.UpsampleTo(json.wholes("shape")),
                    (image, upsample, run) -> Operations.upsampleTo(image, upsample.shape())),
            new OperationKind<>(
                    "convert",
                    Operation.Convert.class,
                    (convert, json) -> json.put("pixelType", convert.type().label()),
                    json -> new Operation.Convert(json.named("pixelType", PixelType::ofLabel, "a pixel type")),
                    (image, convert, run) -> ConvertedSource.of(image, convert.type())),
            new OperationKind<>(
                    "segmentOtsu",
                    Operation.SegmentOtsu.class,
                    (otsu, json) -> json.put("classes", otsu.options().classes())
                            .put("bins", otsu.options().bins())
                            .set("localBlock", list(otsu.options().localBlock())),
                    json -> new Operation.SegmentOtsu(new OtsuOptions(
                            json.small("classes"), json.small("bins"), json.smallsOrNone("localBlock"))),
                    (image, otsu, run) -> Segmentation.otsu(image, otsu.options())),
            new OperationKind<>(
                    "segmentThreshold",
                    Operation.SegmentThreshold.class,
                    (threshold, json) ->
                            json.put("inclusive", threshold.inclusive()).set("values", list(threshold.values())),
                    json -> new Operation.SegmentThreshold(json.numbers("values"), json.flag("inclusive")),
                    (image, threshold, run) ->
                            Segmentation.threshold(image, threshold.values(), threshold.inclusive())),
            new OperationKind<>(
                    "segment",
                    Operation.Segment.class,
                    (segment, json) -> writePlugin(segment.plugin(), segment.parameters(), json),
                    json -> new Operation.Segment(json.text("plugin"), json.parameters("parameters")),
                    (image, segment, run) -> Operations.segment(image, segment, run)),
            new OperationKind<>(
                    "process",
                    Operation.Process.class,
                    OperationKind::writeProcess,
                    OperationKind::readProcess,
                    (image, process, run) ->
                            Operations.process(image, process, run).image()),
            new OperationKind<>(
                    "field",
                    Operation.TakeField.class,
                    (field, json) -> writeProcess(field.of(), json),
                    json -> new Operation.TakeField(readProcess(json)),
                    (image, field, run) -> Operations.field(image, field.of(), run)));

    /** Puts an operation's values into its JSON object. */
    @FunctionalInterface
    interface Writer<O> {
        void write(O operation, ObjectNode json);
    }

    /** Makes an operation of its JSON object. */
    @FunctionalInterface
    interface Reader<O> {
        O read(StepJson json) throws ImageFormatException;
    }

    /** What operations are carried out with. */
    record Run(PluginRegistry plugins, Execution execution) {}

    /** Applies an operation to an image. */
    @FunctionalInterface
    interface Step<O> {
        ImageSource apply(ImageSource image, O operation, Run run) throws IOException, ParameterException;
    }

    static void write(Operation operation, ObjectNode json) {
        of(operation).put(operation, json);
    }

    static Operation read(StepJson json) throws ImageFormatException {
        String name = json.text("operation");
        for (OperationKind<?> kind : ALL) {
            if (kind.name.equals(name)) {
                return kind.reader.read(json);
            }
        }
        String known = ALL.stream().map(OperationKind::name).collect(Collectors.joining(", "));
        throw json.unexpected("operation", json.json().path("operation"), "one of " + known);
    }

    static ImageSource apply(ImageSource image, Operation operation, Run run) throws IOException, ParameterException {
        return of(operation).carryOut(image, operation, run);
    }

    private static OperationKind<?> of(Operation operation) {
        for (OperationKind<?> kind : ALL) {
            if (kind.type.isInstance(operation)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no such operation: " + operation);
    }

    private void put(Operation operation, ObjectNode json) {
        json.put("operation", name);
        writer.write(type.cast(operation), json);
    }

    private ImageSource carryOut(ImageSource image, Operation operation, Run run)
            throws IOException, ParameterException {
        return step.apply(image, type.cast(operation), run);
    }

    private static void writePlugin(String id, Map<String, Object> parameters, ObjectNode json) {
        json.put("plugin", id);
        json.set("parameters", MAPPER.valueToTree(new TreeMap<>(parameters)));
    }

    private static void writeProcess(Operation.Process process, ObjectNode json) {
        writePlugin(process.plugin(), process.parameters(), json);
        json.set("downsampleFactor", list(process.downsampleFactor()));
        if (!process.told().isEmpty()) {
            json.set("told", list(process.told()));
        }
    }

    private static Operation.Process readProcess(StepJson json) throws ImageFormatException {
        return new Operation.Process(
                        json.text("plugin"), json.parameters("parameters"), json.smalls("downsampleFactor"))
                .withTold(json.textsOrNone("told"));
    }

    private static com.fasterxml.jackson.databind.JsonNode list(List<?> values) {
        return MAPPER.valueToTree(values);
    }
}
