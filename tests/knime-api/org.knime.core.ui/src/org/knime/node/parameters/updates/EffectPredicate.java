package org.knime.node.parameters.updates;

/** Signature only. */
public interface EffectPredicate {
    default EffectPredicate and(EffectPredicate other) {
        throw new UnsupportedOperationException();
    }

    default EffectPredicate or(EffectPredicate other) {
        throw new UnsupportedOperationException();
    }

    default EffectPredicate negate() {
        throw new UnsupportedOperationException();
    }
}
