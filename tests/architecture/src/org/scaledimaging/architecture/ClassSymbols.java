package org.scaledimaging.architecture;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists the names that a class file refers to, read from its constant pool (Java Virtual Machine Specification, 4.4):
 * classes, and members with their descriptors. Types in descriptors, signatures and annotations count as classes.
 */
final class ClassSymbols {
    private static final Pattern TYPE = Pattern.compile("L([\\w$/]+)[;<]");

    private final Object[] constants;
    private final SortedSet<String> symbols = new TreeSet<>();

    private record Pair(int first, int second) {}

    private record Name(int text) {}

    private record Member(String kind, int owner, int nameAndType) {}

    private ClassSymbols(Object[] constants) {
        this.constants = constants;
    }

    /** {@code class a.B}, {@code field a.B.c I}, {@code method a.B.c(I)V} of a class file. */
    static SortedSet<String> of(Path classFile) throws IOException {
        try (InputStream in = Files.newInputStream(classFile)) {
            DataInputStream data = new DataInputStream(in);
            if (data.readInt() != 0xCAFEBABE) {
                throw new IOException(classFile + " is no class file");
            }
            data.readInt(); // version
            ClassSymbols found = new ClassSymbols(new Object[data.readUnsignedShort()]);
            found.read(data);
            found.collect();
            return found.symbols;
        }
    }

    private void read(DataInputStream in) throws IOException {
        for (int i = 1; i < constants.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> constants[i] = in.readUTF();
                case 3, 4 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    i++; // takes two places
                }
                case 7 -> constants[i] = new Name(in.readUnsignedShort());
                case 8, 16, 19, 20 -> in.readUnsignedShort();
                case 9 -> constants[i] = new Member("field", in.readUnsignedShort(), in.readUnsignedShort());
                case 10, 11 -> constants[i] = new Member("method", in.readUnsignedShort(), in.readUnsignedShort());
                case 12 -> constants[i] = new Pair(in.readUnsignedShort(), in.readUnsignedShort());
                case 15 -> {
                    in.readUnsignedByte();
                    in.readUnsignedShort();
                }
                case 17, 18 -> in.readInt();
                default -> throw new IOException("constant of kind " + tag);
            }
        }
    }

    private void collect() {
        for (Object constant : constants) {
            if (constant instanceof String text) {
                Matcher types = TYPE.matcher(text);
                while (types.find()) {
                    symbols.add("class " + types.group(1).replace('/', '.'));
                }
            } else if (constant instanceof Name name && !text(name.text).startsWith("[")) {
                symbols.add("class " + text(name.text).replace('/', '.'));
            } else if (constant instanceof Member member) {
                Pair nameAndType = (Pair) constants[member.nameAndType];
                String owner = text(((Name) constants[member.owner]).text).replace('/', '.');
                String type = text(nameAndType.second);
                symbols.add(member.kind + " " + owner + "." + text(nameAndType.first)
                        + (member.kind.equals("field") ? " " : "") + type);
            }
        }
    }

    private String text(int index) {
        return (String) constants[index];
    }
}
