package org.scaledimaging.engine.format;

import java.util.List;

/**
 * The names of a format and its files.
 *
 * @param name of the format, for people, as in {@code NIfTI}
 * @param readable what is read, for messages, with its usual endings, as in {@code a TIFF file (.tif, .ome.tif)}
 * @param fileEndings in lower case, of the names of single files, by which an address of one is known
 * @param targetEndings in lower case, of the names under which images are written; empty for a format that is only read
 */
public record FormatNames(String name, String readable, List<String> fileEndings, List<String> targetEndings) {
    /** Of a format that is only read. */
    public FormatNames(String name, String readable, List<String> fileEndings) {
        this(name, readable, fileEndings, List.of());
    }
}
