package org.scaledimaging.knime.setting.plugin;

import java.util.List;
import java.util.Map;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A public class with public fields, annotations on them, and a constructor without arguments that passes constants to its
 * superclass and sets the fields. KNIME makes dialogs from classes, and of plugins there are only declarations.
 */
final class ClassFile {
    private static final String CONSTRUCTOR = "<init>";
    private static final String NO_ARGUMENTS = Type.getMethodDescriptor(Type.VOID_TYPE);

    /** An annotation with its members: texts, booleans, constants of enums, types for classes. */
    record Note(Class<?> type, Map<String, Object> members) {}

    private final Type type;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    private final MethodVisitor constructor;

    /** @param constants texts and doubles, for the superclass' constructor that takes as many */
    ClassFile(Type type, Class<?> superclass, List<?> constants) {
        this.type = type;
        String parent = Type.getInternalName(superclass);
        int modifiers = Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V17, modifiers, type.getInternalName(), null, parent, null);
        constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, CONSTRUCTOR, NO_ARGUMENTS, null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constants.forEach(constructor::visitLdcInsn);
        Type[] arguments = constants.stream().map(ClassFile::typeOf).toArray(Type[]::new);
        construct(parent, Type.getMethodDescriptor(Type.VOID_TYPE, arguments));
    }

    /** @param value a text, double, long or boolean; or a type, of which a new object is the value */
    void field(String field, Object value, List<Note> notes) {
        String descriptor = typeOf(value).getDescriptor();
        FieldVisitor visitor = writer.visitField(Opcodes.ACC_PUBLIC, field, descriptor, null, null);
        for (Note note : notes) {
            annotate(visitor.visitAnnotation(Type.getDescriptor(note.type), true), note.members);
        }
        visitor.visitEnd();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        push(value);
        constructor.visitFieldInsn(Opcodes.PUTFIELD, type.getInternalName(), field, descriptor);
    }

    /** The class as class loaders take it; the last that is asked of this. */
    byte[] bytes() {
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0); // which are computed
        constructor.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static Type typeOf(Object value) {
        if (value instanceof Type made) {
            return made;
        } else if (value instanceof Double) {
            return Type.DOUBLE_TYPE;
        } else if (value instanceof Long) {
            return Type.LONG_TYPE;
        }
        return value instanceof Boolean ? Type.BOOLEAN_TYPE : Type.getType(String.class);
    }

    private void push(Object value) {
        if (value instanceof Type made) {
            constructor.visitTypeInsn(Opcodes.NEW, made.getInternalName());
            constructor.visitInsn(Opcodes.DUP);
            construct(made.getInternalName(), NO_ARGUMENTS);
        } else if (value instanceof Boolean flag) {
            constructor.visitInsn(flag ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        } else {
            constructor.visitLdcInsn(value);
        }
    }

    private void construct(String owner, String arguments) {
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, owner, CONSTRUCTOR, arguments, false);
    }

    private static void annotate(AnnotationVisitor visitor, Map<String, Object> members) {
        members.forEach((name, value) -> {
            if (value instanceof Enum<?> constant) {
                visitor.visitEnum(name, Type.getDescriptor(constant.getDeclaringClass()), constant.name());
            } else {
                visitor.visit(name, value);
            }
        });
        visitor.visitEnd();
    }
}
