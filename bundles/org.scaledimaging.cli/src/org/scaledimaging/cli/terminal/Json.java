package org.scaledimaging.cli.terminal;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.message.VisibleText;

/** Writes JSON from maps, lists, numbers, booleans, texts and null; indented, short lists on a line. What would not show itself is escaped. */
public final class Json {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    public static String write(Object value) {
        Json json = new Json();
        json.value(value, "\n");
        return json.text.toString();
    }

    /** The same on one line. */
    public static String line(Object value) {
        return write(value).replaceAll("\n *", " ");
    }

    private void value(Object value, String newLine) {
        if (value instanceof Map<?, ?> map) {
            object(map, newLine);
        } else if (value instanceof List<?> list) {
            array(list, newLine);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            text.append("null"); // JSON has no such numbers
        } else if (value instanceof Number || value instanceof Boolean || value == null) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void object(Map<?, ?> map, String newLine) {
        text.append('{');
        String inner = newLine + INDENT;
        String before = inner;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(before);
            string(entry.getKey().toString());
            text.append(": ");
            value(entry.getValue(), inner);
            before = "," + inner;
        }
        text.append(map.isEmpty() ? "" : newLine).append('}');
    }

    private void array(List<?> list, String newLine) {
        boolean deep = list.stream().anyMatch(element -> element instanceof Map || element instanceof List);
        String inner = newLine + INDENT;
        text.append('[').append(deep ? inner : "");
        for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
            value(elements.next(), inner);
            text.append(!elements.hasNext() ? "" : deep ? "," + inner : ", ");
        }
        text.append(deep ? newLine : "").append(']');
    }

    private void string(String value) {
        text.append('"');
        value.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> VisibleText.append(text, codePoint, VisibleText.isShown(codePoint));
            }
        });
        text.append('"');
    }
}
