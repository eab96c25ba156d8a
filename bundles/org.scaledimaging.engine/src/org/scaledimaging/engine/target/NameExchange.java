package org.scaledimaging.engine.target;

import com.sun.jna.NativeLibrary;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Exchanges the names of two files or folders, in one step that is done or not done whatever happens. Java has no such
 * call; Linux (3.15 and later, {@code renameat2}) and macOS (10.12 and later, {@code renamex_np}) do, on most file systems.
 */
public final class NameExchange {
    private static final int FROM_WORKING_FOLDER = -100; // AT_FDCWD of Linux
    private static final int EXCHANGE = 2; // RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS

    private NameExchange() {}

    /** @return whether it was done; if not, nothing was */
    public static boolean tryExchange(Path first, Path second) {
        String system = System.getProperty("os.name");
        boolean linux = system.startsWith("Linux");
        if (!linux && !system.startsWith("Mac") || first.getFileSystem() != FileSystems.getDefault()) {
            return false;
        }
        try {
            return SystemCall.exchange(bytes(first), bytes(second), linux);
        } catch (LinkageError e) {
            return false; // no JNA, no such function, or no folder that native code may be loaded from
        }
    }

    /** A class of its own, so that JNA is loaded when it is needed. */
    private static final class SystemCall {
        static boolean exchange(byte[] first, byte[] second, boolean linux) {
            NativeLibrary process = NativeLibrary.getProcess();
            int failed = linux
                    ? process.getFunction("renameat2")
                            .invokeInt(new Object[] {FROM_WORKING_FOLDER, first, FROM_WORKING_FOLDER, second, EXCHANGE})
                    : process.getFunction("renamex_np").invokeInt(new Object[] {first, second, EXCHANGE});
            return failed == 0;
        }
    }

    /** The path as the system wants it: in the encoding of file names, with a zero at its end. */
    private static byte[] bytes(Path path) {
        byte[] name = path.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        return Arrays.copyOf(name, name.length + 1);
    }
}
