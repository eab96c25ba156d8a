package org.scaledimaging.engine.execute;

import java.io.Serializable;
import java.util.List;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.VisibleText;

/**
 * Something that a user has to know about a result, in one sentence.
 *
 * @param kind whether the result can be relied upon all the same
 * @param sentence fit to be shown to a user: what was found and, for a warning, what to do about it; mentions of
 *     {@link Setting}s are understood
 * @param values what the sentence is about, one after the other, to be drawn: the convergence after each iteration; empty
 *     for most
 */
public record Notice(Kind kind, String sentence, List<Double> values) implements Serializable {
    private static final long serialVersionUID = 2L;

    /** Makes a sentence of which everything shows itself, whatever names of files are in it. */
    public Notice {
        sentence = VisibleText.of(sentence);
        values = List.copyOf(values);
    }

    /** A sentence alone. */
    public Notice(Kind kind, String sentence) {
        this(kind, sentence, List.of());
    }

    /** How a user should take it. */
    public enum Kind {
        /** How work is done, for who wants to know. */
        DETAIL,
        /** What was done. */
        INFORMATION,
        /** The result may not be what was wanted. */
        WARNING
    }

    /** The sentence, with settings in words. */
    @Override
    public String sentence() {
        return sentence(Setting.IN_WORDS);
    }

    /** The sentence, with settings as a user knows them. */
    public String sentence(Setting.Names names) {
        return Setting.named(sentence, names);
    }

    /** The same about a part of the whole, which the sentence then begins with. */
    public Notice about(String part) {
        return new Notice(kind, part + ": " + sentence, values);
    }

    /** What only those want to know who ask for more. */
    public static Notice detail(String sentence) {
        return new Notice(Kind.DETAIL, sentence);
    }

    /** How something went, for those who want to know, and for pictures of it. */
    public static Notice course(String sentence, List<Double> values) {
        return new Notice(Kind.DETAIL, sentence, values);
    }

    /** What is good to know of a result. */
    public static Notice information(String sentence) {
        return new Notice(Kind.INFORMATION, sentence);
    }

    /** What may make a result useless. */
    public static Notice warning(String sentence) {
        return new Notice(Kind.WARNING, sentence);
    }
}
