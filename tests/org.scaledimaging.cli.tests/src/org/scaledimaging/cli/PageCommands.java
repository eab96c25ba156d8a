package org.scaledimaging.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of a page of docs/, to be run with what they write in another folder. */
final class PageCommands {
    static final Path ROOT = Path.of(System.getProperty("project.root"));
    static final String COMMAND = "./scaled-imaging ";

    private final Path folder;

    /** @param folder where files lie that are no part of docs/ */
    PageCommands(Path folder) {
        this.folder = folder;
    }

    /** The lines of a page's blocks of no other language, in their order; one that ends with \\ goes on in the next. */
    static List<String> of(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        String[] parts = Files.readString(page).split("(?m)^```");
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith("\n")) {
                String block = parts[i].strip().replaceAll(" \\\\\n +", " ");
                commands.addAll(block.lines().toList());
            }
        }
        return commands;
    }

    /** The words behind {@link #COMMAND}, each with its file where it lies here. */
    Object[] words(String command) {
        List<Object> words = new ArrayList<>();
        for (String text : command.substring(COMMAND.length()).replace("'", "").split(" ")) {
            words.add(!words.isEmpty() && words.get(words.size() - 1).equals("--name") ? text : word(text));
        }
        return words.toArray();
    }

    private Object word(String text) {
        if (text.startsWith("docs/")) {
            return ROOT.resolve(text);
        }
        String file = text.replaceFirst("^(time=b0:|mask=)", "");
        boolean isFile = file.matches("[a-z0-9.-]+\\.(nii\\.gz|json|bval|zarr|tif|png)")
                || file.matches("corrected|all|project");
        return text.substring(0, text.length() - file.length()) + (isFile ? folder.resolve(file) : file);
    }
}
