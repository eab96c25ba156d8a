package org.scaledimaging.engine.message;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A parameter or option that cannot be used. The message is one sentence that names it, what was given and what is
 * accepted, fit to be shown to a user.
 */
public final class ParameterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String plugin; // or null

    /** A sentence as it is. */
    public ParameterException(String message) {
        this(VisibleText.of(message), null);
    }

    private ParameterException(String sentence, String plugin) {
        super(sentence);
        this.plugin = plugin;
    }

    /**
     * @param name of the parameter or option; mentions of {@link Setting}s are understood
     * @param found the value given
     * @param expected what is accepted, as in "a number above 0"; mentions of settings are understood
     */
    public ParameterException(String name, Object found, String expected) {
        this(name + ": found " + shown(found) + ", expected " + expected + ".");
    }

    /** As {@link #ParameterException(String, Object, String)}. */
    public ParameterException(Setting setting, Object found, String expected) {
        this(setting.toString(), found, expected);
    }

    /** A value as people write it. */
    private static String shown(Object found) {
        String text = found instanceof List<?> list
                ? list.stream().map(ParameterException::shown).collect(Collectors.joining(","))
                : found instanceof Double number ? NumberList.written(number) : String.valueOf(found);
        return text.isBlank() ? "nothing" : text;
    }

    /** The sentence, with settings in words. */
    @Override
    public String getMessage() {
        return sentence(Setting.IN_WORDS);
    }

    /** The sentence, with settings as a user knows them. */
    public String sentence(Setting.Names names) {
        return Setting.named(super.getMessage(), names);
    }

    /** The same about a part of the whole, which the sentence then begins with. */
    public ParameterException about(String part) {
        ParameterException same = new ParameterException(VisibleText.of(part) + ": " + super.getMessage(), plugin);
        same.setStackTrace(getStackTrace());
        if (getCause() != null) {
            same.initCause(getCause());
        }
        return same;
    }

    /** The same about a parameter of a plugin; as it is where no parameter of a plugin is mentioned. */
    public ParameterException ofPlugin(String id) {
        if (plugin != null || !Setting.mentionsParameter(super.getMessage())) {
            return this;
        }
        ParameterException same = new ParameterException(super.getMessage(), id);
        same.setStackTrace(getStackTrace());
        if (getCause() != null) {
            same.initCause(getCause());
        }
        return same;
    }

    /** The id of the plugin whose parameter this is about. */
    public Optional<String> plugin() {
        return Optional.ofNullable(plugin);
    }
}
