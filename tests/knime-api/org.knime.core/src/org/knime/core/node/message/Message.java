package org.knime.core.node.message;

/** A message for people. */
public final class Message {
    private final String summary;

    private Message(String summary) {
        this.summary = summary;
    }

    public static Message fromSummary(String summary) {
        return new Message(summary);
    }

    public String getSummary() {
        return summary;
    }
}
