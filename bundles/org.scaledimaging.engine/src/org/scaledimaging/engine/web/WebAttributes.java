package org.scaledimaging.engine.web;

import java.nio.file.attribute.FileTime;
import org.scaledimaging.engine.place.TaggedAttributes;

/**
 * The attributes that a server tells of a file.
 *
 * @param size bytes
 * @param modified milliseconds since 1970; 0 where it does not say
 * @param entityTag empty where it tells none
 */
record WebAttributes(long size, long modified, String entityTag) implements TaggedAttributes {
    /** Whether another look shows the same file, as far as both looks tell. */
    boolean isSame(WebAttributes other) {
        boolean sameTime = modified == other.modified || modified == 0 || other.modified == 0;
        boolean sameTag = entityTag.equals(other.entityTag) || entityTag.isEmpty() || other.entityTag.isEmpty();
        return size == other.size && sameTime && sameTag;
    }

    @Override
    public FileTime lastModifiedTime() {
        return FileTime.fromMillis(modified);
    }

    @Override
    public FileTime lastAccessTime() {
        return lastModifiedTime();
    }

    @Override
    public FileTime creationTime() {
        return lastModifiedTime();
    }

    @Override
    public boolean isRegularFile() {
        return true;
    }

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public Object fileKey() {
        return entityTag;
    }
}
