package org.scaledimaging.site;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.scaledimaging.cli.Main;
import org.scaledimaging.cli.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page for each verb of the command line, with all of its options, from what it declares; and a list of verbs. */
final class VerbPages {
    private VerbPages() {}

    static List<SitePage> pages() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CommandLine all =
                Main.commandLine(new Console(nowhere, OutputStream.nullOutputStream(), nowhere, false, () -> false));
        List<SitePage> pages = new ArrayList<>();
        Element list = body();
        list.appendElement("h1").text("Verbs and options");
        list.appendElement("p")
                .text("What the command line can do, and every option of each verb, as the verb declares it.");
        Element table =
                list.appendElement("div").addClass("wide").attr("tabindex", "0").appendElement("table");
        Element head = table.appendElement("thead").appendElement("tr");
        head.appendElement("th").text("verb");
        head.appendElement("th").text("what it does");
        Element rows = table.appendElement("tbody");
        all.getSubcommands().forEach((name, verb) -> {
            CommandSpec spec = verb.getCommandSpec();
            Element row = rows.appendElement("tr");
            row.appendElement("td")
                    .appendElement("a")
                    .attr("href", name + ".html")
                    .appendElement("code")
                    .text(name);
            row.appendElement("td").text(spec.usageMessage().description()[0]);
            pages.add(page(name, spec));
        });
        pages.add(0, new SitePage("verbs/index.html", list));
        return pages;
    }

    private static Element body() {
        return Jsoup.parseBodyFragment("").body();
    }

    private static SitePage page(String name, CommandSpec spec) {
        Element body = body();
        body.appendElement("h1").text("scaled-imaging " + name);
        for (String line : plain(spec.usageMessage().description())) {
            body.appendElement("p").text(line);
        }
        heading(body, "Synopsis");
        body.appendElement("pre").attr("tabindex", "0").appendElement("code").text(synopsis(spec));
        List<PositionalParamSpec> positionals = spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (!positionals.isEmpty()) {
            heading(body, "Arguments");
            Element terms = body.appendElement("dl");
            for (PositionalParamSpec positional : positionals) {
                term(
                        terms,
                        positional.paramLabel().replaceAll("[^A-Za-z]+", "-").toLowerCase(),
                        positional.paramLabel(),
                        positional);
            }
        }
        heading(body, "Options");
        Element terms = body.appendElement("dl");
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
                String names = String.join(", ", option.names()) + value;
                term(terms, option.longestName().replaceFirst("^-+", ""), names, option);
            }
        }
        List<String> footer = plain(spec.usageMessage().footer());
        if (!footer.isEmpty()) {
            heading(body, "Examples");
            body.appendElement("pre")
                    .attr("tabindex", "0")
                    .appendElement("code")
                    .text(String.join("\n", footer).strip());
        }
        return new SitePage("verbs/" + name + ".html", body);
    }

    private static String synopsis(CommandSpec spec) {
        String[] written = spec.usageMessage().customSynopsis();
        if (written.length == 0) {
            return new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).strip();
        }
        return String.join("\n", plain(written)).replaceAll("\n +", "\n").strip();
    }

    private static void heading(Element body, String text) {
        body.appendElement("h2").attr("id", text.toLowerCase()).text(text);
    }

    private static void term(Element terms, String id, String text, ArgSpec argument) {
        terms.appendElement("dt").attr("id", id).appendElement("code").text(text);
        terms.appendElement("dd").text(String.join(" ", plain(argument.description())));
    }

    /** Without picocli's marks for colours. */
    private static List<String> plain(String[] lines) {
        List<String> plain = new ArrayList<>();
        for (String line : lines) {
            plain.add(Ansi.OFF.text(line.replace("%n", "\n").replace("%%", "%")).plainString());
        }
        return plain;
    }
}
