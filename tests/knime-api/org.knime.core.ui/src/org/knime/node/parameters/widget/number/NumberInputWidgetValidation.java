package org.knime.node.parameters.widget.number;

/** Signature only. */
public sealed interface NumberInputWidgetValidation {
    /** Signature only. */
    abstract non-sealed class MinValidation implements NumberInputWidgetValidation {
        protected abstract double getMin();

        /** Signature only. */
        public static final class IsNonNegativeValidation extends MinValidation {
            @Override
            public double getMin() {
                return 0;
            }
        }

        /** Signature only. */
        public static final class IsPositiveIntegerValidation extends MinValidation {
            @Override
            public double getMin() {
                return 1;
            }
        }
    }

    /** Signature only. */
    abstract non-sealed class MaxValidation implements NumberInputWidgetValidation {
        protected abstract double getMax();
    }
}
