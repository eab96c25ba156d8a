package org.scaledimaging.engine.place;

import java.nio.file.attribute.BasicFileAttributes;

/** The attributes of a file on a server. */
public interface TaggedAttributes extends BasicFileAttributes {

    /** Its entity tag; empty where its server tells none. */
    String entityTag();
}
