package org.scaledimaging.cli.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;

/** Keeps the notices of an image for its line of JSON. Thread-safe. */
public final class Heard {
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Object> courses = new LinkedHashMap<>();
    private final boolean passesOn;

    /** @param passesOn whether who listened before is told as well */
    public Heard(boolean passesOn) {
        this.passesOn = passesOn;
    }

    /** The same execution, listened to. */
    public Execution on(Execution execution) {
        return execution.withNotices(notice -> {
            if (passesOn) {
                execution.tell(notice);
            }
            hear(notice);
        });
    }

    private synchronized void hear(Notice notice) {
        String sentence = notice.sentence(OptionNames.TABLE);
        if (notice.kind() == Notice.Kind.WARNING && !warnings.contains(sentence)) {
            warnings.add(sentence);
        }
        if (!notice.values().isEmpty()) {
            courses.put(sentence, notice.values());
        }
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Numbers that were told, by the sentences that they are about. */
    synchronized Map<String, Object> figures() {
        return courses.isEmpty() ? Map.of() : Map.of("courses", new LinkedHashMap<>(courses));
    }
}
