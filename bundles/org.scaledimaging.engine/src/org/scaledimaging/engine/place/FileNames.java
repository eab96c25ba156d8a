package org.scaledimaging.engine.place;

import java.nio.file.Path;

/** Names of files, and those that cannot be used here, as Java tells by {@link java.nio.file.InvalidPathException}. */
public final class FileNames {
    private FileNames() {}

    /** A relative path with slashes between its names, on every system. */
    public static String slashed(Path relative) {
        StringBuilder names = new StringBuilder();
        relative.forEach(name -> names.append(names.isEmpty() ? "" : "/").append(name));
        return names.toString();
    }

    /**
     * What would do instead of a name that no file here can have. Java cannot name what the locale's character set lacks,
     * which in the locale C is all beyond ASCII.
     *
     * @param otherwise where the locale is not to blame
     */
    public static String expectedInsteadOf(String name, String otherwise) {
        String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
        boolean ascii = name.chars().allMatch(c -> c < 0x80);
        return ascii || charset.equalsIgnoreCase("UTF-8")
                ? otherwise
                : "LC_ALL=C.UTF-8 in the environment: the locale's character set, " + charset + ", lacks letters of it";
    }
}
