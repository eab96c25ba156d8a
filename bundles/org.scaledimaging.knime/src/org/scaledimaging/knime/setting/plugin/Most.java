package org.scaledimaging.knime.setting.plugin;

import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;

/** The largest number that a parameter accepts. */
public abstract class Most extends MaxValidation {
    private final double most;

    protected Most(double most) {
        this.most = most;
    }

    @Override
    protected double getMax() {
        return most;
    }
}
