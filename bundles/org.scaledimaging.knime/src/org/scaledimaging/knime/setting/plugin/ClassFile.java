package org.scaledimaging.knime.setting.plugin;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a public class with public fields, annotations on them, and a constructor without arguments that passes
 * constants to its superclass and sets the fields. KNIME makes dialogs from classes, and of plugins there are only
 * declarations.
 */
final class ClassFile {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int JAVA_17 = 61;
    private static final int PUBLIC_SUPER = 0x21;
    private static final int PUBLIC = 1;
    private static final String CONSTRUCTOR = "<init>";
    private static final String NO_ARGUMENTS = "()V";

    /** The bytes' numbers in the format of class files. */
    private enum Op {
        ALOAD_0(0x2a),
        LDC_W(0x13),
        LDC2_W(0x14),
        DUP(0x59),
        NEW(0xbb),
        INVOKESPECIAL(0xb7),
        PUTFIELD(0xb5),
        RETURN(0xb1);

        private final int code;

        Op(int code) {
            this.code = code;
        }
    }

    /** A class by its name with slashes, which may not be there yet. */
    record Name(String slashed) {
        static Name of(Class<?> type) {
            return new Name(type.getName().replace('.', '/'));
        }

        String descriptor() {
            return "L" + slashed + ";";
        }
    }

    /** An annotation with its members: texts, booleans, constants of enums, classes by name. */
    record Note(Class<?> type, Map<String, Object> members) {}

    /** @param value a text, double, long or boolean; or the name of a class, of which a new object is the value */
    private record Member(String name, Object value, List<Note> notes) {
        String descriptor() {
            if (value instanceof Name type) {
                return type.descriptor();
            }
            return ClassFile.descriptor(value);
        }
    }

    private final Name name;
    private final Name superclass;
    private final List<?> constants;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<List<Object>, Integer> pool = new LinkedHashMap<>();
    private final ByteArrayOutputStream poolBytes = new ByteArrayOutputStream();
    private int poolSize = 1;

    /** @param constants texts and doubles, for the superclass' constructor that takes as many */
    ClassFile(Name name, Class<?> superclass, List<?> constants) {
        this.name = name;
        this.superclass = Name.of(superclass);
        this.constants = List.copyOf(constants);
    }

    /** @param value a text, double, long or boolean; or the name of a class, of which a new object is the value */
    void field(String field, Object value, List<Note> notes) {
        members.put(field, new Member(field, value, List.copyOf(notes)));
    }

    private static String descriptor(Object value) {
        return switch (value.getClass().getSimpleName()) {
            case "String" -> Name.of(String.class).descriptor();
            case "Double" -> "D";
            case "Long" -> "J";
            case "Boolean" -> "Z";
            default -> throw new IllegalArgumentException("a field of " + value.getClass());
        };
    }

    byte[] bytes() {
        try {
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            writeRest(new DataOutputStream(rest));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(MAGIC);
            out.writeInt(JAVA_17); // minor and major
            out.writeShort(poolSize);
            poolBytes.writeTo(out);
            rest.writeTo(out);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private void writeRest(DataOutputStream out) throws IOException {
        out.writeShort(PUBLIC_SUPER);
        out.writeShort(type(name));
        out.writeShort(type(superclass));
        out.writeShort(0); // interfaces
        out.writeShort(members.size());
        for (Member member : members.values()) {
            out.writeShort(PUBLIC);
            out.writeShort(utf8(member.name));
            out.writeShort(utf8(member.descriptor()));
            out.writeShort(1);
            attribute(out, "RuntimeVisibleAnnotations", annotations(member.notes));
        }
        out.writeShort(1); // methods
        out.writeShort(PUBLIC);
        out.writeShort(utf8(CONSTRUCTOR));
        out.writeShort(utf8(NO_ARGUMENTS));
        out.writeShort(1);
        attribute(out, "Code", constructor());
        out.writeShort(0); // attributes of the class
    }

    private byte[] constructor() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream code = new DataOutputStream(bytes);
        code.write(Op.ALOAD_0.code);
        StringBuilder arguments = new StringBuilder("(");
        for (Object constant : constants) {
            push(code, constant);
            arguments.append(descriptor(constant));
        }
        code.write(Op.INVOKESPECIAL.code);
        code.writeShort(reference(10, superclass, CONSTRUCTOR, arguments + ")V"));
        for (Member member : members.values()) {
            code.write(Op.ALOAD_0.code);
            push(code, member.value);
            code.write(Op.PUTFIELD.code);
            code.writeShort(reference(9, name, member.name, member.descriptor()));
        }
        code.write(Op.RETURN.code);
        ByteArrayOutputStream attribute = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(attribute);
        out.writeShort(3 + 2 * constants.size()); // stack
        out.writeShort(1); // locals
        out.writeInt(bytes.size());
        bytes.writeTo(out);
        out.writeInt(0); // no exceptions, no attributes
        return attribute.toByteArray();
    }

    private void push(DataOutputStream code, Object value) throws IOException {
        if (value instanceof Name type) {
            code.write(Op.NEW.code);
            code.writeShort(type(type));
            code.write(Op.DUP.code);
            code.write(Op.INVOKESPECIAL.code);
            code.writeShort(reference(10, type, CONSTRUCTOR, NO_ARGUMENTS));
        } else if (value instanceof Double number) {
            code.write(Op.LDC2_W.code);
            code.writeShort(entry(List.of("double", number), 2, out -> {
                out.write(6);
                out.writeDouble(number);
            }));
        } else if (value instanceof Long number) {
            code.write(Op.LDC2_W.code);
            code.writeShort(entry(List.of("long", number), 2, out -> {
                out.write(5);
                out.writeLong(number);
            }));
        } else if (value instanceof Boolean flag) {
            code.write(Op.LDC_W.code);
            code.writeShort(integer(flag ? 1 : 0));
        } else {
            int text = utf8((String) value);
            code.write(Op.LDC_W.code);
            code.writeShort(entry(List.of("text", value), 1, out -> {
                out.write(8);
                out.writeShort(text);
            }));
        }
    }

    private byte[] annotations(List<Note> notes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(notes.size());
        for (Note note : notes) {
            out.writeShort(utf8(note.type.descriptorString()));
            out.writeShort(note.members.size());
            for (Map.Entry<String, Object> member : note.members.entrySet()) {
                out.writeShort(utf8(member.getKey()));
                element(out, member.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private void element(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Name type) {
            out.write('c');
            out.writeShort(utf8(type.descriptor()));
        } else if (value instanceof Enum<?> constant) {
            out.write('e');
            out.writeShort(utf8(constant.getDeclaringClass().descriptorString()));
            out.writeShort(utf8(constant.name()));
        } else if (value instanceof Boolean flag) {
            out.write('Z');
            out.writeShort(integer(flag ? 1 : 0));
        } else {
            out.write('s');
            out.writeShort(utf8((String) value));
        }
    }

    private void attribute(DataOutputStream out, String attribute, byte[] bytes) throws IOException {
        out.writeShort(utf8(attribute));
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** What is written of an entry of the pool. */
    @FunctionalInterface
    private interface Entry {
        void write(DataOutputStream out) throws IOException;
    }

    private int entry(List<Object> key, int slots, Entry entry) throws IOException {
        Integer there = pool.get(key);
        if (there != null) {
            return there;
        }
        int index = poolSize;
        pool.put(key, index);
        poolSize += slots;
        entry.write(new DataOutputStream(poolBytes));
        return index;
    }

    private int utf8(String text) throws IOException {
        return entry(List.of("utf8", text), 1, out -> {
            out.write(1);
            out.writeUTF(text);
        });
    }

    private int integer(int value) throws IOException {
        return entry(List.of("integer", value), 1, out -> {
            out.write(3);
            out.writeInt(value);
        });
    }

    private int type(Name type) throws IOException {
        int text = utf8(type.slashed);
        return entry(List.of("class", type), 1, out -> {
            out.write(7);
            out.writeShort(text);
        });
    }

    /** @param kind 9 of a field, 10 of a method */
    private int reference(int kind, Name owner, String member, String descriptor) throws IOException {
        int type = type(owner);
        int memberName = utf8(member);
        int memberType = utf8(descriptor);
        int both = entry(List.of("member", member, descriptor), 1, out -> {
            out.write(12);
            out.writeShort(memberName);
            out.writeShort(memberType);
        });
        return entry(List.of(kind, owner, member, descriptor), 1, out -> {
            out.write(kind);
            out.writeShort(type);
            out.writeShort(both);
        });
    }
}
