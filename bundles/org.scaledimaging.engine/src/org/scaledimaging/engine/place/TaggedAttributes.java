package org.scaledimaging.engine.place;

import java.nio.file.attribute.BasicFileAttributes;

/** What is known of a file on a server. */
public interface TaggedAttributes extends BasicFileAttributes {

    /** Its entity tag; empty where its server tells none. */
    String entityTag();
}
