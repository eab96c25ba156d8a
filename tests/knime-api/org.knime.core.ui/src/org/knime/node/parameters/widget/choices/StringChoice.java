package org.knime.node.parameters.widget.choices;

/** Signature only. */
public record StringChoice(String id, String text) {
    public static StringChoice fromId(String id) {
        return new StringChoice(id, id);
    }
}
