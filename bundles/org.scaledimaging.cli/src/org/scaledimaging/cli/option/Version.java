package org.scaledimaging.cli.option;

import java.util.Optional;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.place.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** Version, commit and Java: "scaled-imaging 1.0.0.202611290555 (commit 1e4e2af7a7), Java 17.0.15+6". */
public final class Version implements IVersionProvider {
    private static final int COMMIT_DIGITS = 10;

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }

    /** The same, for what is written. */
    public static String line() {
        return line(ProgramVersion.ofEngine());
    }

    static String line(Optional<ProgramVersion> version) {
        String number = version.map(ProgramVersion::number).orElse("(unpackaged)"); // run from a class folder
        String commit = version.flatMap(ProgramVersion::commit)
                .map(text -> " (commit " + text.replaceFirst("(?<=^\\p{XDigit}{" + COMMIT_DIGITS + "})\\p{XDigit}+", "")
                        + ")")
                .orElse("");
        return Exit.COMMAND + " " + number + commit + ", Java " + Runtime.version();
    }
}
