package org.scaledimaging.spark.tests;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.scaledimaging.cli.Main;

/**
 * The entry of a process that runs one command after the other: each line it reads is a command, its arguments apart by
 * tabs. It answers by what the command printed and a line with its exit code.
 */
public final class Commands {
    static final String EXIT_CODE = "exit code ";

    private Commands() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            ByteArrayOutputStream nowhere = new ByteArrayOutputStream();
            int code = Main.run(new PrintStream(nowhere), out, () -> false, line.split("\t"));
            out.println(EXIT_CODE + code);
        }
    }
}
