package org.knime.core.data;

import org.knime.core.data.DataValue.UtilityFactory;

/** Signature only. */
public abstract class ExtensibleUtilityFactory extends UtilityFactory {

    public ExtensibleUtilityFactory(Class<? extends DataValue> valueClass) {}

    public abstract String getName();

    public String getGroupName() {
        return "Other";
    }
}
