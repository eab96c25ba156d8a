package org.scaledimaging.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.cli.Main;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.place.ProgramVersion;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes a manual page of the command and of each verb, as AsciiDoc, and completion for shells, from what these declare. */
public final class ManualPages {
    /** A word that stands for an option's value, emphasised. */
    private static final Pattern LABEL = Pattern.compile("(?<=[=\\[ ])_[^\\s_]*\\[[^\\s_]*]_");

    private static final Pattern DESCRIPTION = Pattern.compile("(?<=::\\R)  .*");

    private static final String EXIT_STATUS = """
            == Exit status

            *0*::
              Done.

            *1*::
              Failed: the input, the target, the disk.

            *2*::
              Wrong usage: options, unknown plugins, values out of range; what can be told without the image.

            *130*, *143*::
              Stopped by Ctrl-C, or by a signal to end; the old output is as it was.

            """;

    private ManualPages() {}

    /** @param arguments the folder for manual pages, and that for completion */
    public static void main(String[] arguments) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CommandLine all =
                Main.commandLine(new Console(nowhere, OutputStream.nullOutputStream(), nowhere, false, () -> false));
        List<CommandSpec> specs = new ArrayList<>(List.of(all.getCommandSpec()));
        all.getSubcommands().values().forEach(verb -> specs.add(verb.getCommandSpec()));
        String version = "scaled-imaging"
                + ProgramVersion.ofEngine().map(engine -> " " + engine.number()).orElse("");
        specs.forEach(spec -> spec.versionProvider(null).version(version)); // without that of this Java
        int exitCode = ManPageGenerator.generateManPage(
                Path.of(arguments[0]).toFile(), null, new boolean[0], true, specs.toArray(CommandSpec[]::new));
        if (exitCode != 0) {
            throw new IOException("Manual pages: found exit code " + exitCode + " of their generator, expected 0.");
        }
        for (CommandSpec spec : specs) {
            Path page = Path.of(arguments[0], spec.qualifiedName("-") + ".adoc");
            String text = withLiteralAsterisks(withLiteralBrackets(Files.readString(page)));
            text = withSection(text, "exit-status", EXIT_STATUS);
            Files.writeString(page, withSection(text, "footer", examples(spec)));
        }
        Path completion = Files.createDirectories(Path.of(arguments[1]));
        for (String shell : List.of("bash", "zsh", "fish")) {
            try (PrintStream script = new PrintStream(Files.newOutputStream(completion.resolve(shell)), false, UTF_8)) {
                Main.run(script, System.err, () -> false, "completion", shell);
            }
        }
    }

    /** AsciiDoc takes a bracket inside of emphasised words, as in _Z,Y,X[UNIT]_, for the beginning of a role. */
    private static String withLiteralBrackets(String page) {
        return LABEL.matcher(page)
                .replaceAll(label -> label.group().replace("[", "{startsb}").replace("]", "{endsb}"));
    }

    /** In a description an asterisk is one, as in sub-*, and begins no bold text. */
    private static String withLiteralAsterisks(String page) {
        return DESCRIPTION
                .matcher(page)
                .replaceAll(text -> Matcher.quoteReplacement(text.group().replace("*", "{asterisk}")));
    }

    /** The examples that the help ends with, letter by letter; nothing where there are none. */
    private static String examples(CommandSpec spec) {
        String footer = String.join("\n", spec.usageMessage().footer()).strip();
        return footer.isEmpty() ? "" : "== Examples\n\n....\n" + footer + "\n....\n\n";
    }

    /** Fills a section that the generator leaves empty. */
    private static String withSection(String page, String name, String section) throws IOException {
        String begin = "// tag::picocli-generated-man-section-" + name + "[]\n";
        if (!page.contains(begin + "// end::")) {
            throw new IOException("Manual pages: found no empty section " + name + ", expected one of the generator.");
        }
        return page.replace(begin, begin + section);
    }
}
