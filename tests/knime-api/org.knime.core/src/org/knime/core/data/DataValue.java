package org.knime.core.data;

/** Signature only. */
public interface DataValue {

    /** Signature only. */
    class UtilityFactory {
        protected UtilityFactory() {}
    }
}
