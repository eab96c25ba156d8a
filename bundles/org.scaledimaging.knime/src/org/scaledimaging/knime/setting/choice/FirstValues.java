package org.scaledimaging.knime.setting.choice;

import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.OptionalWidget.DefaultValueProvider;

/** The values that optional settings begin with once they are switched on. */
public final class FirstValues {
    private FirstValues() {}

    /** The first channel or time point. */
    public static final class Part implements DefaultValueProvider<String> {
        @Override
        public String computeState(NodeParametersInput context) {
            return "0";
        }
    }

    /** The first port. */
    public static final class Port implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(NodeParametersInput context) {
            return 1;
        }
    }

    /** A few levels, of a pyramid or of compression. */
    public static final class Levels implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(NodeParametersInput context) {
            return 3;
        }
    }

    /** Three decimal digits. */
    public static final class KeepBits implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(NodeParametersInput context) {
            return 10;
        }
    }

    /** Bins of a histogram: one for each value of 8 bits. */
    public static final class Bins implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(NodeParametersInput context) {
            return 256;
        }
    }
}
