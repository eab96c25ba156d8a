package org.scaledimaging.knime.setting.plugin;

import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** The smallest number that a parameter accepts. */
public abstract class Least extends MinValidation {
    private final double least;

    protected Least(double least) {
        this.least = least;
    }

    @Override
    protected double getMin() {
        return least;
    }
}
