package org.knime.node.parameters.updates;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Signature only. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Effect {
    /** Signature only. */
    enum EffectType {
        ENABLE,
        DISABLE,
        SHOW,
        HIDE
    }

    Class<? extends EffectPredicateProvider> predicate();

    EffectType type();
}
