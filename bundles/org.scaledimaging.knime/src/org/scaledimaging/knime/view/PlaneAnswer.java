package org.scaledimaging.knime.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.picture.ColourMap;
import org.scaledimaging.engine.picture.Window;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.PlaneGeometry;

/** A plane as the page gets it: its values, little endian in Base64, and how it lies in the image. */
final class PlaneAnswer {
    private static final int BYTE = 0xFF;
    private static final int SHORT = 0xFFFF;
    private static final Window ANY = new Window(0, 1);

    private PlaneAnswer() {}

    static Map<String, Object> of(Plane plane) {
        PlaneGeometry geometry = plane.geometry();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("width", plane.width());
        answer.put("height", plane.height());
        answer.put("pixelWidth", geometry.pixelWidth());
        answer.put("pixelHeight", geometry.pixelHeight());
        answer.put("unit", geometry.unit());
        answer.put("across", geometry.across().symbol());
        answer.put("down", geometry.down().symbol());
        answer.put("flippedAcross", geometry.flippedAcross());
        answer.put("flippedDown", geometry.flippedDown());
        geometry.sides()
                .ifPresent(sides ->
                        answer.put("sides", List.of(sides.left(), sides.right(), sides.top(), sides.bottom())));
        answer.put("level", plane.position().level());
        putValues(plane.values(), answer);
        if (plane.labels()) {
            answer.put("colours", colours(plane.values()));
        }
        return answer;
    }

    /** In the smallest type that holds all of them as they are; values of more digits than float32 has are rounded. */
    private static void putValues(double[] values, Map<String, Object> answer) {
        int most = 0;
        for (double value : values) {
            most = value >= 0 && value <= SHORT && value == (int) value
                    ? Math.max(most, (int) value)
                    : Integer.MAX_VALUE;
            if (most == Integer.MAX_VALUE) {
                break;
            }
        }
        int width = most <= BYTE ? Byte.BYTES : most <= SHORT ? Short.BYTES : Float.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(width * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (width) {
                case Byte.BYTES -> bytes.put((byte) (int) value);
                case Short.BYTES -> bytes.putShort((short) (int) value);
                default -> bytes.putFloat((float) value);
            }
        }
        answer.put("type", width == Byte.BYTES ? "uint8" : width == Short.BYTES ? "uint16" : "float32");
        answer.put("values", Base64.getEncoder().encodeToString(bytes.array()));
    }

    /** The colour of each number that is there, 0xRRGGBB, but of 0. */
    private static Map<String, Integer> colours(double[] values) {
        Map<String, Integer> colours = new LinkedHashMap<>();
        double last = 0;
        for (double value : values) {
            if (value != last && value != 0 && !Double.isNaN(value)) {
                last = value;
                colours.computeIfAbsent(
                        String.valueOf((long) value),
                        number -> ColourMap.labels().argb(value, ANY) & 0xFFFFFF);
            }
        }
        return colours;
    }
}
