package org.scaledimaging.engine.place;

/** Names of files inside a folder or archive, with slashes between them, as in {@code 0/c/1/2/3}, that others wrote. */
public final class RelativeNames {
    private RelativeNames() {}

    /**
     * Whether a name leads to a place inside, on every system: no part of it is empty, {@code .} or {@code ..}, or holds a
     * backslash, a colon or a NUL.
     */
    public static boolean isInside(String name) {
        int start = 0; // of a part
        for (int i = 0; i <= name.length(); i++) {
            char at = i < name.length() ? name.charAt(i) : '/';
            if (at == '\\' || at == ':' || at == '\0' || at == '/' && leaves(name, start, i)) {
                return false;
            }
            start = at == '/' ? i + 1 : start;
        }
        return true;
    }

    /** Whether a part of a name is empty, {@code .} or {@code ..}. */
    private static boolean leaves(String name, int start, int end) {
        int dots = start;
        while (dots < end && name.charAt(dots) == '.') {
            dots++;
        }
        return dots == end && end - start <= 2;
    }
}
