package org.scaledimaging.engine.scaled.lowres;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.Setting;

/**
 * Gathers notices about the volumes of an image, so that many volumes do not need many lines: sentences that differ in
 * their numbers alone become one, with the least and the greatest of each number. Thread-safe; the order in which
 * volumes are told of makes no difference.
 */
public final class VolumeNotices {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?(?![\\w.]*\\w)");

    /** Of so many volumes each is told on its own. */
    private static final int FEW = 3;

    /** Mentions of settings stay mentions. */
    private static final Setting.Names MENTIONED = new Setting.Names() {
        @Override
        public String of(Setting setting) {
            return setting.toString();
        }

        @Override
        public String ofParameter(String parameter) {
            return Setting.parameter(parameter);
        }
    };

    private final List<Notice> ofAll = new ArrayList<>();
    private final Map<Integer, List<Notice>> ofVolumes = new TreeMap<>();

    /** Of the image as a whole. */
    public synchronized void tell(Notice notice) {
        ofAll.add(notice);
    }

    synchronized void tell(int volume, Notice notice) {
        ofVolumes.computeIfAbsent(volume, number -> new ArrayList<>()).add(notice);
    }

    /** Sentences of one kind that are the same but for their numbers. */
    private record Group(Notice.Kind kind, List<Integer> volumes, List<String> sentences, List<List<Double>> values) {
        Notice notice(String sentence) {
            return new Notice(kind, sentence);
        }
    }

    /**
     * All that was told.
     *
     * @param volumes how many there are
     * @param name of a volume: channel 1, time point 4
     */
    public synchronized List<Notice> together(int volumes, IntFunction<String> name) {
        List<Notice> notices = new ArrayList<>(ofAll);
        Map<String, Group> groups = new LinkedHashMap<>();
        ofVolumes.forEach((volume, told) -> {
            for (Notice notice : told) {
                String sentence = notice.sentence(MENTIONED);
                String key = notice.kind() + NUMBER.matcher(sentence).replaceAll("#");
                Group group = groups.computeIfAbsent(
                        key, same -> new Group(notice.kind(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
                group.volumes().add(volume);
                group.sentences().add(sentence);
                group.values().add(notice.values());
            }
        });
        for (Group group : groups.values()) {
            int count = group.volumes().size();
            for (int i = 0; i < count && count <= FEW; i++) {
                String of =
                        volumes == 1 ? "" : capital(name.apply(group.volumes().get(i))) + ": ";
                notices.add(new Notice(
                        group.kind(),
                        of + group.sentences().get(i),
                        group.values().get(i)));
            }
            boolean courses = !group.values().get(0).isEmpty(); // of many volumes nobody looks at each
            if (count > FEW && !courses) {
                String which = count == volumes
                        ? "All " + volumes + " volumes: "
                        : count + " of " + volumes + " volumes, the first "
                                + name.apply(group.volumes().get(0)) + ": ";
                notices.add(group.notice(which + merged(group.sentences())));
            }
        }
        return notices;
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** One sentence for several that are the same but for their numbers. */
    private static String merged(List<String> sentences) {
        List<String> least = new ArrayList<>();
        List<String> greatest = new ArrayList<>();
        for (String sentence : sentences) {
            Matcher number = NUMBER.matcher(sentence);
            for (int i = 0; number.find(); i++) {
                if (i == least.size()) {
                    least.add(number.group());
                    greatest.add(number.group());
                }
                BigDecimal value = new BigDecimal(number.group());
                if (value.compareTo(new BigDecimal(least.get(i))) < 0) {
                    least.set(i, number.group());
                }
                if (value.compareTo(new BigDecimal(greatest.get(i))) > 0) {
                    greatest.set(i, number.group());
                }
            }
        }
        StringBuilder merged = new StringBuilder();
        Matcher number = NUMBER.matcher(sentences.get(0));
        for (int i = 0; number.find(); i++) {
            boolean same = new BigDecimal(least.get(i)).compareTo(new BigDecimal(greatest.get(i))) == 0;
            String range = same ? number.group() : "(" + least.get(i) + " to " + greatest.get(i) + ")";
            number.appendReplacement(merged, range);
        }
        number.appendTail(merged);
        return merged.toString();
    }
}
