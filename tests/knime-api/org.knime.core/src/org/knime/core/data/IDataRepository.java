package org.knime.core.data;

/** Signature only. */
public interface IDataRepository {}
