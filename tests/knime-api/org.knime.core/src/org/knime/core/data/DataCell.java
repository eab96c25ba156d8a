package org.knime.core.data;

/** Signature only. */
public abstract class DataCell {
    public boolean isMissing() {
        return false;
    }

    @Override
    public abstract String toString();
}
