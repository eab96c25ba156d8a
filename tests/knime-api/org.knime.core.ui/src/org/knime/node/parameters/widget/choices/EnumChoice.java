package org.knime.node.parameters.widget.choices;

/** Signature only. */
public record EnumChoice<E extends Enum<E>>(E id, String text) {
    public static <E extends Enum<E>> EnumChoice<E> fromEnumConst(E constant) {
        return new EnumChoice<>(constant, constant.name());
    }
}
