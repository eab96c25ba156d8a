package org.knime.node.parameters.updates;

/** Signature only. */
@FunctionalInterface
public interface EffectPredicateProvider {
    EffectPredicate init(PredicateInitializer initializer);

    /** Signature only. */
    interface PredicateInitializer {
        StringReference getString(Class<? extends ParameterReference<String>> reference);

        BooleanReference getBoolean(Class<? extends ParameterReference<Boolean>> reference);

        <E extends Enum<E>> EnumReference<E> getEnum(Class<? extends ParameterReference<E>> reference);

        /** Signature only. */
        interface StringReference {
            EffectPredicate isEqualTo(String value);

            EffectPredicate matchesPattern(String pattern);
        }

        /** Signature only. */
        interface BooleanReference {
            EffectPredicate isTrue();

            EffectPredicate isFalse();
        }

        /** Signature only. */
        interface EnumReference<E extends Enum<E>> {
            @SuppressWarnings("unchecked")
            EffectPredicate isOneOf(E... values);
        }
    }
}
