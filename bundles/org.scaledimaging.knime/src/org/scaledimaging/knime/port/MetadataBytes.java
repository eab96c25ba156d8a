package org.scaledimaging.knime.port;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.image.WorldFrame.QForm;

/**
 * An image's metadata as cells of tables keep them: a version, then its parts one after the other; texts are a number of
 * bytes and UTF-8, what may be missing follows a boolean. A file format: it stays.
 */
final class MetadataBytes {
    private static final int VERSION = 1;

    /** More bytes, axes or channels than any image has: what a damaged table claims. */
    private static final int MOST = 1 << 24;

    private MetadataBytes() {}

    static void write(ImageMetadata metadata, DataOutput out) throws IOException {
        out.writeInt(VERSION);
        text(metadata.name(), out);
        text(metadata.pixelType().label(), out);
        out.writeInt(metadata.dimensions().size());
        for (Dimension dimension : metadata.dimensions()) {
            text(dimension.axis().symbol(), out);
            out.writeLong(dimension.length());
            out.writeDouble(dimension.voxelSize());
            text(dimension.unit(), out);
            out.writeDouble(dimension.origin());
        }
        out.writeBoolean(metadata.labels());
        out.writeInt(metadata.channelNames().size());
        for (String name : metadata.channelNames()) {
            text(name, out);
        }
        out.writeBoolean(metadata.frame().isPresent());
        if (metadata.frame().isPresent()) {
            write(metadata.frame().get(), out);
        }
    }

    private static void write(WorldFrame frame, DataOutput out) throws IOException {
        out.writeBoolean(frame.sform().isPresent());
        if (frame.sform().isPresent()) {
            numbers(frame.sform().get().toArray(), out);
        }
        out.writeInt(frame.sformCode());
        out.writeBoolean(frame.qform().isPresent());
        if (frame.qform().isPresent()) {
            QForm form = frame.qform().get();
            out.writeInt(form.code());
            numbers(form.toArray(), out);
        }
    }

    static ImageMetadata read(DataInput in) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("Scaled Image: found metadata of version " + version + ", expected " + VERSION + ".");
        }
        try {
            String name = text(in);
            PixelType type = PixelType.ofLabel(text(in)).orElseThrow();
            List<Dimension> dimensions = new ArrayList<>();
            for (int left = count(in); left > 0; left--) {
                dimensions.add(new Dimension(
                        Axis.ofSymbol(text(in)).orElseThrow(),
                        in.readLong(),
                        in.readDouble(),
                        text(in),
                        in.readDouble()));
            }
            boolean labels = in.readBoolean();
            List<String> channels = new ArrayList<>();
            for (int left = count(in); left > 0; left--) {
                channels.add(text(in));
            }
            Optional<WorldFrame> frame = in.readBoolean() ? Optional.of(frame(in)) : Optional.empty();
            return new ImageMetadata(name, type, dimensions, frame, channels, Optional.empty()).withLabels(labels);
        } catch (RuntimeException e) {
            throw new IOException("Scaled Image: found metadata that make no image, expected others.", e);
        }
    }

    private static WorldFrame frame(DataInput in) throws IOException {
        Optional<Affine> sform = in.readBoolean() ? Optional.of(Affine.of(numbers(in))) : Optional.empty();
        int code = in.readInt();
        Optional<QForm> qform = Optional.empty();
        if (in.readBoolean()) {
            int formCode = in.readInt();
            qform = Optional.of(QForm.of(formCode, numbers(in)));
        }
        return new WorldFrame(sform, code, qform);
    }

    static void text(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInput in) throws IOException {
        byte[] bytes = new byte[count(in)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void numbers(double[] numbers, DataOutput out) throws IOException {
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static double[] numbers(DataInput in) throws IOException {
        double[] numbers = new double[count(in)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }

    static int count(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("Scaled Image: found " + count + " bytes or elements, expected 0 to " + MOST + ".");
        }
        return count;
    }
}
