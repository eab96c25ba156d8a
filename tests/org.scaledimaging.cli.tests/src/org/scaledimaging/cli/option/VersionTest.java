package org.scaledimaging.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.place.ProgramVersion;

class VersionTest {
    private static final String COMMIT = "1e4e2af7a7af0c91c02bc21a454aa4555d4bf11a";
    private static final String JAVA = ", Java " + Runtime.version();

    private static String line(String commit) {
        return Version.line(Optional.of(new ProgramVersion("1.0.0.202611290555", Optional.ofNullable(commit))));
    }

    @Test
    void versionCommitAndJavaAreNamed() {
        assertEquals("scaled-imaging 1.0.0.202611290555 (commit 1e4e2af7a7)" + JAVA, line(COMMIT));
        assertEquals("scaled-imaging 1.0.0.202611290555 (commit 1e4e2af7a7+changes)" + JAVA, line(COMMIT + "+changes"));
        assertEquals("scaled-imaging 1.0.0.202611290555" + JAVA, line(null));
        assertEquals("scaled-imaging (unpackaged)" + JAVA, Version.line(Optional.empty()));
    }
}
